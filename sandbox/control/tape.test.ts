import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { CLIENT_SECRET, jsonOf, startSandbox } from '../testing/start'

const run = promisify(execFile)

describe('replay of a request on the tape', () => {
  it('sends it again with its secrets, and links the new entry to the old', async () => {
    const { sandbox, connect, refresh } = await startSandbox()
    const { refresh_token: token } = await connect()
    await refresh(token, { grant_type: 'refresh_token' })
    const { id } = sandbox.control.tape.read().at(-1) ?? { id: 0 }
    const entry = await sandbox.control.tape.replay(id)
    expect(entry).toMatchObject({ id: id + 1, replayOf: id, endpoint: 'identity/refresh', status: 200, clientId: 'keyrack-sandbox' })
    expect(sandbox.truthLog({ type: 'token.refreshed' })).toHaveLength(2)
    expect(JSON.stringify(entry)).not.toContain(token)
  })

  it('shows what a code answers the second time, because a replay is a request like any other', async () => {
    const { sandbox, approve, redeem } = await startSandbox()
    await redeem(await approve())
    const response = await fetch(`${sandbox.controlUrl}/tape/1/replay`, { method: 'POST' })
    expect(await jsonOf(response)).toMatchObject({ replayOf: 1, status: 400, notes: [{ rule: 'code-twice' }] })
  })

  it('repeats queries, bearers and JSON bodies, and outlives a fault that breaks the connection', async () => {
    const { sandbox, connect, adminToken, patchConfiguration, get } = await startSandbox()
    const { access_token: token } = await connect()
    await get('accommodation?page=0', token)
    expect(await sandbox.control.tape.replay(2)).toMatchObject({ status: 200, query: { page: '0' } })
    await patchConfiguration(await adminToken(), { applicationName: 'Mare' })
    const { id } = sandbox.control.tape.read().at(-1) ?? { id: 0 }
    expect(await sandbox.control.tape.replay(id)).toMatchObject({ status: 200, body: '{"applicationName":"Mare"}' })
    sandbox.control.faults.add({ endpoint: '*', kind: 'reset' })
    expect(await sandbox.control.tape.replay(2)).toMatchObject({ status: 0, fault: 'reset' })
  })

  it('refuses a request that the tape no longer holds', async () => {
    const { sandbox } = await startSandbox()
    expect((await fetch(`${sandbox.controlUrl}/tape/7/replay`, { method: 'POST' })).status).toBe(404)
    expect((await fetch(`${sandbox.controlUrl}/tape/7/curl`)).status).toBe(404)
  })
})

describe('a request as curl', () => {
  it('runs as it is, with the secrets that are the sandbox\'s own', async () => {
    const { sandbox, connect, refresh } = await startSandbox()
    const { refresh_token: token } = await connect()
    await refresh(token)
    const curl = sandbox.control.tape.curl(2)
    expect(curl).toContain(`--data-urlencode 'client_secret=${CLIENT_SECRET}'`)
    const { stdout } = await run('sh', ['-c', curl])
    expect(stdout).toMatch(/^HTTP\/1\.1 200 OK/)
    expect(sandbox.control.tape.read()).toHaveLength(3)
  })

  it('keeps a secret masked that is not the sandbox\'s, because it may be a real one', async () => {
    const { sandbox, post } = await startSandbox()
    await post('identity/apilogin', { client_id: 'real', client_secret: "real'secret-of-production" })
    const curl = sandbox.control.tape.curl(1)
    expect(curl).toContain("'client_secret=•••tion'")
    expect(curl).toContain("'client_id=real'")
  })
})

describe('what the tape shows', () => {
  it('masks secrets in answers and in headers that nobody foresaw, and keeps no cookie', async () => {
    const { sandbox, approve, redeem } = await startSandbox()
    const answer = await jsonOf(await redeem(await approve()))
    await fetch(`${sandbox.apiUrl}/rest/v1/user/info`, { headers: { 'x-odd': 'my-production-key', cookie: 'session=abcdefghijkl', authorization: 'Basic abcdefghijklmnop' } })
    const [first, second] = sandbox.control.tape.read()
    expect(JSON.parse(first?.answer ?? '')).toMatchObject({ access_token: `•••${String(answer.access_token).slice(-4)}`, expireDate: answer.expireDate })
    expect(second?.headers).toMatchObject({ 'x-odd': '•••-key', authorization: 'Basic •••mnop' })
    expect(second?.headers).not.toHaveProperty('cookie')
    expect(second?.remoteAddress).toBe('127.0.0.1')
  })
})
