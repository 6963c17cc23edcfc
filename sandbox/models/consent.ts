import { randomBytes } from 'node:crypto'
import type { Scope } from './truth-event'
import type { World } from './world'

export type Consent = {
  readonly clientId: string
  readonly redirectUri: string
  readonly state: string | undefined
  readonly username: string
  readonly scope: Scope
}

/** Issues a code for what a hotelier approved; gives the address that the browser goes back to (guide, step 1). */
export function approve(world: World, consent: Consent): string {
  const code = `sbx_${randomBytes(24).toString('base64url')}`
  world.record({
    type: 'code.issued',
    code,
    clientId: consent.clientId,
    redirectUri: consent.redirectUri,
    username: consent.username,
    scope: consent.scope,
    expiresAt: world.clock.now() + world.state.settings.codeLifetimeMs,
  })
  return backTo(consent, { code })
}

/** What Octorate does after a refusal is not documented; RFC 6749's `access_denied` is our reading. */
export function refuse(world: World, consent: Omit<Consent, 'scope'>): string {
  const { clientId, redirectUri, username } = consent
  world.record({ type: 'consent.refused', clientId, redirectUri, username })
  return backTo(consent, { error: 'access_denied' })
}

function backTo({ redirectUri, state }: Omit<Consent, 'scope'>, parameters: Record<string, string>): string {
  const all = Object.entries({ ...parameters, ...(state !== undefined && { state }) })
  const query = all.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')
  return `${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${query}`
}
