import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createBrowser, consentUrl } from '../testing/browser'
import { defaultSettings } from '../models/settings'
import { jsonOf, startSandbox, tokensOf } from '../testing/start'

describe('what nobody outside Octorate knows is a switch', () => {
  it.each([
    ['credentialsRefusalStatus', [400, 401, 403]],
    ['codeRefusalStatus', [400, 403]],
    ['refreshRefusalStatus', [400, 401, 403]],
  ] as const)('%s: the status of a refusal (Case 1 and Refresh: 400 malformed, 403 denied, without a schema)', async (name, statuses) => {
    const { sandbox, redeem, refresh, post, credentials } = await startSandbox()
    for (const status of statuses) {
      await sandbox.control.settings.set({ [name]: status })
      const answers = {
        credentialsRefusalStatus: () => post('identity/apilogin', { ...credentials, client_secret: 'wrong' }),
        codeRefusalStatus: () => redeem('made-up'),
        refreshRefusalStatus: () => refresh('made-up'),
      }
      expect((await answers[name]()).status).toBe(status)
    }
  })

  it('refreshReturnsToken: a refresh answers the same refresh token again, or none (Refresh)', async () => {
    const { sandbox, connect, refresh } = await startSandbox()
    const { refresh_token: token } = await connect()
    expect((await tokensOf(await refresh(token))).refresh_token).toBe('')
    await sandbox.control.settings.set({ refreshReturnsToken: true })
    expect((await tokensOf(await refresh(token))).refresh_token).toBe(token)
    expect((await refresh(token)).status).toBe(200)
  })

  it("passwordChangeEndsGrants: whether a changed password ends the hotelier's grants", async () => {
    for (const [passwordChangeEndsGrants, status] of [[false, 200], [true, 403]] as const) {
      const { sandbox, connect, refresh } = await startSandbox({ settings: { passwordChangeEndsGrants } })
      const own = await connect()
      const other = await connect(['310051'], 'giulia.rossi')
      await sandbox.control.changePassword('marco.bianchi', 'new')
      expect((await refresh(own.refresh_token)).status).toBe(status)
      expect((await refresh(other.refresh_token)).status).toBe(200)
    }
  })

  it('refusedConsent: whether the browser goes back after a refusal (Case 1)', async () => {
    const { sandbox } = await startSandbox({ settings: { refusedConsent: 'stay' } })
    const browser = createBrowser()
    await browser.signIn(consentUrl(sandbox))
    const { response, text } = await browser.submit(consentUrl(sandbox), { do: 'refuse' })
    expect([response.status, response.headers.get('location')]).toEqual([200, null])
    expect(text).toContain('You refused')
    expect(sandbox.truthLog({ type: 'consent.refused' })).toHaveLength(1)
  })

  it('accommodationList: a bare array, or one wrapped in data (Reading what a token covers)', async () => {
    const { connect, get } = await startSandbox({ settings: { accommodationList: 'wrapped' } })
    expect(await jsonOf(await get('accommodation', (await connect()).access_token))).toMatchObject({ data: [{ id: '324410' }] })
  })

  it('quotaHeaders: which headers tell of the quota (Errors)', async () => {
    for (const [quotaHeaders, remaining, cost] of [['remaining', '100', null], ['both', '100', '0'], ['none', null, null]] as const) {
      const { get } = await startSandbox({ settings: { quotaHeaders } })
      const { headers } = await get('user/info')
      expect([headers.get('x-ratelimit-remaining'), headers.get('x-ratelimit-additional-cost')]).toEqual([remaining, cost])
    }
  })

  it('quotaCountsIdentity: whether identity calls use up the quota (Errors)', async () => {
    for (const [quotaCountsIdentity, status] of [[false, 200], [true, 403]] as const) {
      const { post, credentials } = await startSandbox({ settings: { quotaCountsIdentity, quotaEnforced: true, quotaLimit: 1 } })
      await post('identity/apilogin', credentials)
      expect((await post('identity/apilogin', credentials)).status).toBe(status)
    }
  })

  it('adminTokenLists and firstPage: what an admin token lists, and from which page on', async () => {
    const { adminToken, get } = await startSandbox({ settings: { adminTokenLists: 'all', firstPage: 1, pageSize: 40 } })
    const token = await adminToken()
    const sizes = await Promise.all(['', '?page=1', '?page=2', '?page=3'].map(async (page) => (await jsonList(await get(`accommodation${page}`, token))).length))
    expect(sizes).toEqual([40, 40, 1, 0])
  })

  it.each(Object.keys(defaultSettings).filter((name) => name !== 'mode'))('%s has its line in the table of doubts', (name) => {
    expect(switchesInReadme()).toContain(name)
  })
})

async function jsonList(response: Response): Promise<unknown[]> {
  const list: unknown = await response.json()
  if (!Array.isArray(list)) throw new TypeError('expected a bare array')
  return list
}

/** The names in the first column of every table. */
function switchesInReadme(): string[] {
  const text = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
  const columns = text.split('\n').map((line) => /^\|([^|]*)\|/.exec(line)?.[1] ?? '')
  return columns.flatMap((column) => [...column.matchAll(/`(\w+)`/g)].map(([, name]) => name ?? ''))
}
