/** A code, or a token pair, as the sandbox gave it. */
export interface SandboxTokens {
  readonly accessToken: string
  readonly refreshToken: string
}

interface Consent {
  readonly clientId: string
  readonly redirectUri: string
  readonly username: string
  readonly properties?: readonly string[]
  readonly network?: boolean
  readonly approve?: boolean
  readonly state?: string
}

/** The sandbox's control API over HTTP. */
export class SandboxControl {
  readonly origin: string

  constructor(origin: string) {
    this.origin = origin
  }

  async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.origin}/control/${path}`, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    })
    if (!response.ok) throw new Error(`sandbox ${method} ${path}: ${response.status} ${await response.text()}`)
    return (await response.json()) as T
  }

  addApiClient(apiClient: { clientId: string; clientSecret: string; redirectUris: readonly string[] }): Promise<unknown> {
    return this.call('POST', 'api-clients', apiClient)
  }

  /** A whole consent without a browser. */
  consent(consent: Consent): Promise<{ location: string; code: string | null }> {
    return this.call('POST', 'consent', consent)
  }

  addFault(rule: Readonly<Record<string, unknown>>): Promise<unknown> {
    return this.call('POST', 'faults', rule)
  }

  clearFaults(): Promise<unknown> {
    return this.call('DELETE', 'faults')
  }

  /** Everything that really happened there, or what is of one type, or came later than a record; oldest first. */
  async truth({ since = 0, type }: { since?: number; type?: string } = {}): Promise<Record<string, unknown>[]> {
    const response = await fetch(`${this.origin}/control/truth?since=${since}${type ? `&type=${type}` : ''}`)
    const lines = (await response.text()).split('\n').filter(Boolean)
    return lines.map((line) => JSON.parse(line) as Record<string, unknown>)
  }

  /** Consent and exchange at once: a live token pair for a property. */
  async grant(consent: Consent & { readonly clientSecret: string }): Promise<SandboxTokens> {
    const { code } = await this.consent(consent)
    const response = await fetch(`${this.origin}/connect/rest/v1/identity/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'code', code: code ?? '', client_id: consent.clientId, client_secret: consent.clientSecret, redirect_uri: consent.redirectUri,
      }),
    })
    if (!response.ok) throw new Error(`sandbox token: ${response.status} ${await response.text()}`)
    const answer = (await response.json()) as { access_token: string; refresh_token: string }
    return { accessToken: answer.access_token, refreshToken: answer.refresh_token }
  }
}
