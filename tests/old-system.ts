import type { TestApiClient } from './factories'
import type { Rig } from './runtime'

export interface HeldToken {
  readonly refreshToken: string
  readonly accessToken: string
  readonly propertyId: string
}

/** Who sees which property of the sandbox's seed. */
const OWNERS: Readonly<Record<string, string>> = {
  324: 'marco.bianchi', 337: 'elena.ferri', 402: 'carmen.ruiz', 455: 'hans.becker', 310: 'giulia.rossi',
}

/** What an integrator's own system holds before Keyrack comes: a grant that it got by its own consent flow. */
export async function holdToken({ sandbox }: Pick<Rig, 'sandbox'>, apiClient: TestApiClient, propertyId: string): Promise<HeldToken> {
  const username = OWNERS[propertyId.slice(0, 3)] ?? ''
  const asked = { clientId: apiClient.clientId, redirectUri: apiClient.callbackUri, username }
  const { code } = await sandbox.control.consent({ ...asked, properties: [propertyId] })
  const tokens = await exchange({ sandbox }, apiClient, code ?? '')
  return { ...tokens, propertyId }
}

/** The same for a whole network. */
export async function holdNetworkToken({ sandbox }: Pick<Rig, 'sandbox'>, apiClient: TestApiClient): Promise<Omit<HeldToken, 'propertyId'>> {
  const { code } = await sandbox.control.consent({ clientId: apiClient.clientId, redirectUri: apiClient.callbackUri, username: 'giulia.rossi', network: true })
  return exchange({ sandbox }, apiClient, code ?? '')
}

/** The old system goes on refreshing for itself. @returns the status and, when Octorate gave one, a new refresh token */
export async function refreshElsewhere(
  { sandbox }: Pick<Rig, 'sandbox'>,
  apiClient: Pick<TestApiClient, 'clientId' | 'clientSecret'>,
  refreshToken: string,
): Promise<{ status: number; refreshToken: string | null }> {
  const answer = await post(`${sandbox.apiUrl}/rest/v1/identity/refresh`, {
    client_id: apiClient.clientId, client_secret: apiClient.clientSecret, refresh_token: refreshToken,
  })
  const body = (await answer.json().catch(() => ({}))) as { refresh_token?: string }
  return { status: answer.status, refreshToken: body.refresh_token ?? null }
}

async function exchange({ sandbox }: Pick<Rig, 'sandbox'>, apiClient: TestApiClient, code: string) {
  const answer = await post(`${sandbox.apiUrl}/rest/v1/identity/token`, {
    grant_type: 'code', code, client_id: apiClient.clientId, client_secret: apiClient.clientSecret, redirect_uri: apiClient.callbackUri,
  })
  if (answer.status !== 200) throw new Error(`the sandbox gave no token: ${answer.status} ${await answer.text()}`)
  const { access_token: accessToken, refresh_token: refreshToken } = (await answer.json()) as { access_token: string; refresh_token: string }
  return { accessToken, refreshToken }
}

function post(url: string, form: Record<string, string>): Promise<Response> {
  return fetch(url, { method: 'POST', body: new URLSearchParams(form) })
}
