import { onTestFinished } from 'vitest'
import { createSandbox, type Sandbox, type SandboxOptions } from '../create-sandbox'

export const CLIENT_ID = 'keyrack-sandbox'
export const CLIENT_SECRET = 'sbx_secret_7d3f0b8a52c94e61a0f4c2e89b517d36'
export const REDIRECT_URI = 'https://localhost'
export const HOUR_MS = 3_600_000

/** Monday, a little after breakfast, with a fraction that ends in a zero. */
export const START = Date.parse('2026-03-16T09:10:11.360Z')

export type TestClock = { at: number; now(): number }

export function createTestClock(): TestClock {
  return {
    at: START,
    now() {
      return this.at
    },
  }
}

/** A sandbox on a free port with a clock that stands still, closed when the test ends. */
export async function startSandbox(options: SandboxOptions = {}) {
  const clock = createTestClock()
  const sandbox = await createSandbox({ clock, ...options })
  onTestFinished(() => sandbox.close())
  return { sandbox, clock, ...createCaller(sandbox) }
}

export type Caller = ReturnType<typeof createCaller>

/** Calls a sandbox the way that an integrator's back end does. */
export function createCaller(sandbox: Sandbox) {
  const post = (call: string, fields: Record<string, string>) =>
    fetch(`${sandbox.apiUrl}/rest/v1/${call}`, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' })

  const get = (call: string, token?: string) =>
    fetch(`${sandbox.apiUrl}/rest/v1/${call}`, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } })

  const credentials = { client_id: CLIENT_ID, client_secret: CLIENT_SECRET }

  const approve = async (properties: string[] = ['324410'], username = 'marco.bianchi'): Promise<string> => {
    const { code } = await sandbox.control.consent({ clientId: CLIENT_ID, redirectUri: REDIRECT_URI, username, properties })
    return code ?? ''
  }

  const redeem = (code: string, fields: Record<string, string> = {}) =>
    post('identity/token', { ...credentials, redirect_uri: REDIRECT_URI, grant_type: 'code', code, ...fields })

  const refresh = (refreshToken: string, fields: Record<string, string> = {}) =>
    post('identity/refresh', { ...credentials, refresh_token: refreshToken, ...fields })

  return {
    post,
    get,
    approve,
    redeem,
    refresh,
    credentials,
    /** the whole consent flow: a fresh pair of tokens for one property */
    connect: async (properties?: string[], username?: string) => tokensOf(await redeem(await approve(properties, username))),
    adminToken: async () => (await tokensOf(await post('identity/apilogin', credentials))).access_token,
    patchConfiguration: (token: string, body: unknown) =>
      fetch(`${sandbox.apiUrl}/rest/v1/api/configuration`, {
        method: 'PATCH',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
  }
}

export type Tokens = { access_token: string; refresh_token: string; expireDate: string }

/** The fields of a token answer that came back with 200; empty texts for absent ones. */
export async function tokensOf(response: Response): Promise<Tokens> {
  const body: Partial<Tokens> = await jsonOf(response)
  if (response.status !== 200) throw new TypeError(`expected 200, got ${response.status} ${JSON.stringify(body)}`)
  return { access_token: '', refresh_token: '', expireDate: '', ...body }
}

export async function jsonOf(response: Response): Promise<Record<string, unknown>> {
  const value: unknown = await response.json()
  if (typeof value !== 'object' || value === null) throw new TypeError('expected a JSON object')
  return { ...value }
}

/** The types of the truth log's records, in order. */
export function factsOf(sandbox: Sandbox): string[] {
  return sandbox.truthLog().map(({ type }) => type)
}
