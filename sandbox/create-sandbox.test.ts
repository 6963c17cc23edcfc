import { describe, expect, it } from 'vitest'
import { createSandbox } from './create-sandbox'
import { consentUrl } from './testing/browser'
import { startSandbox } from './testing/start'

describe('createSandbox', () => {
  it('is ready within 300 ms and says where everything is', async () => {
    const begun = performance.now()
    const { sandbox } = await startSandbox()
    expect(performance.now() - begun).toBeLessThan(300)
    expect(sandbox.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect([sandbox.backOfficeUrl, sandbox.apiUrl, sandbox.controlUrl]).toEqual([sandbox.url, `${sandbox.url}/connect`, `${sandbox.url}/control`])
    expect(sandbox.apiClients).toEqual([
      {
        clientId: 'keyrack-sandbox',
        clientSecret: expect.stringMatching(/^sbx_/),
        environment: 'SANDBOX',
        redirectUris: ['https://localhost'],
      },
    ])
  })

  it('keeps sandboxes apart: tokens of one mean nothing to the other', async () => {
    const [one, other] = [await startSandbox(), await startSandbox()]
    const { access_token: token } = await one.connect()
    await other.connect()
    expect((await other.get('user/info', token)).status).toBe(401)
  })

  it('refuses a port that is taken, and switches that are not there', async () => {
    const { sandbox } = await startSandbox()
    await expect(createSandbox({ port: Number(new URL(sandbox.url).port) })).rejects.toThrow('EADDRINUSE')
    await expect(createSandbox({ settings: { pageSize: 0 } })).rejects.toThrow('settings.pageSize: expected a number')
  })

  it('ends open connections when closed, and may be closed twice', async () => {
    const { sandbox } = await startSandbox()
    sandbox.control.faults.add({ endpoint: '*', kind: 'no-answer' })
    const outcome = fetch(consentUrl(sandbox)).then(
      () => 'answered',
      () => 'broken off',
    )
    await expect.poll(() => sandbox.control.faults.list(), { interval: 5 }).toEqual([])
    await sandbox.close()
    expect(await outcome).toBe('broken off')
    await sandbox.close()
    await expect(fetch(consentUrl(sandbox))).rejects.toThrow('fetch failed')
  })

  it('runs on the machine clock unless given another', async () => {
    const { sandbox } = await startSandbox({ clock: { now: () => Date.now() } })
    expect(Math.abs(Date.parse((await fetch(consentUrl(sandbox))).headers.get('date') ?? '') - Date.now())).toBeLessThan(2_000)
  })
})
