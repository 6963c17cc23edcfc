import { describe, expect, it } from 'vitest'
import { CLIENT_ID, HOUR_MS, jsonOf, START, startSandbox, tokensOf } from '../testing/start'

describe('snapshot and restore', () => {
  it('goes back to tokens, codes, configuration, people, switches and the time of the clock', async () => {
    const { sandbox, connect, approve, redeem, refresh, get } = await startSandbox()
    const tokens = await connect(['324410'])
    const code = await approve(['324417'])
    await sandbox.control.settings.set({ refreshRotation: 'rotate' })
    await sandbox.control.clock.freeze()
    await sandbox.control.takeSnapshot('before')
    const before = sandbox.control.state()

    await sandbox.control.clock.advance(48 * HOUR_MS)
    await sandbox.control.revoke({})
    await sandbox.control.changeConfiguration(CLIENT_ID, { redirectUri: [] })
    await sandbox.control.changeClientSecret(CLIENT_ID, 'sbx_other')
    await sandbox.control.changePassword('yuki.tanaka', 'new')
    await sandbox.control.changeAccommodation('324410', { name: 'Another' })
    await sandbox.control.settings.set({ refreshRotation: 'off', pageSize: 1 })

    expect(await sandbox.control.restore('before')).toEqual({ name: 'before', takenAt: START, grants: 1, apiClients: 1 })
    expect({ ...sandbox.control.state(), grants: [] }).toEqual({ ...before, grants: [] })
    expect(sandbox.control.state().grants).toMatchObject([{ grant: 1, revokedAt: null }])
    expect((await get('accommodation', tokens.access_token)).status).toBe(200)
    expect((await refresh(tokens.refresh_token)).status).toBe(200)
    expect((await redeem(code)).status).toBe(200)
  })

  it('forgets tokens issued after the snapshot, though their numbers are used again', async () => {
    const { sandbox, connect, refresh, get, adminToken } = await startSandbox()
    const { refresh_token: kept } = await connect(['324410'])
    await sandbox.control.takeSnapshot()
    const later = await tokensOf(await refresh(kept))
    const other = await connect(['324417'])
    const admin = await adminToken()
    await sandbox.control.restore()
    const again = await tokensOf(await refresh(kept))
    const stranger = await connect(['324425'])
    await adminToken()
    expect(sandbox.control.inspect(stranger.access_token)).toMatchObject({ grant: 2, accommodations: ['324425'] })
    for (const token of [later.access_token, other.access_token, admin]) expect((await get('accommodation', token)).status).toBe(401)
    expect((await refresh(other.refresh_token)).status).toBe(403)
    expect((await get('accommodation', again.access_token)).status).toBe(200)
  })

  it('goes back and forth between snapshots, each with its own tokens', async () => {
    const { sandbox, connect, get } = await startSandbox()
    await sandbox.control.takeSnapshot('empty')
    const { access_token: token } = await connect()
    await sandbox.control.takeSnapshot('connected')
    const status = async () => (await get('accommodation', token)).status
    await sandbox.control.restore('empty')
    expect(await status()).toBe(401)
    await sandbox.control.restore('connected')
    expect(await status()).toBe(200)
    await sandbox.control.reset()
    expect(await status()).toBe(401)
    await sandbox.control.restore('connected')
    expect(await status()).toBe(200)
  })

  it('puts fault rules back, with their counts unused', async () => {
    const { sandbox, get, connect } = await startSandbox()
    const { access_token: token } = await connect()
    sandbox.control.faults.add({ endpoint: 'user/info', kind: 'quota', count: 2 })
    await sandbox.control.takeSnapshot()
    await get('user/info', token)
    sandbox.control.faults.add({ endpoint: '*', kind: 'reset' })
    await sandbox.control.restore()
    expect(sandbox.control.faults.list()).toMatchObject([{ hits: 0, rule: { endpoint: 'user/info', kind: 'quota', count: 2 } }])
  })

  it('is offered over HTTP, and refuses a name that is not there', async () => {
    const { sandbox } = await startSandbox()
    const post = (call: string, body: unknown) =>
      fetch(`${sandbox.controlUrl}/${call}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
    expect(await jsonOf(await post('snapshot', { name: 'one' }))).toEqual({ name: 'one', takenAt: START, grants: 0, apiClients: 1 })
    expect((await post('restore', { name: 'one' })).status).toBe(200)
    expect((await post('restore', { name: 'two' })).status).toBe(404)
    expect((await post('restore', {})).status).toBe(404)
    expect((await post('snapshot', { name: '<b>' })).status).toBe(400)
    expect(await (await fetch(`${sandbox.controlUrl}/snapshots`)).json()).toMatchObject([{ name: 'one' }])
  })
})
