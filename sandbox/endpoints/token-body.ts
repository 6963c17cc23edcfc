import type { World } from '../models/world'
import { toJavaDate } from '../models/java-date'

type Issued = {
  readonly accessToken: string
  readonly expiresAt: number
  readonly refreshToken?: string
  readonly tokenType?: string
}

/** A token object as Octorate writes it (API description, OAuthToken2): which expiry fields it has is a switch. */
export function tokenBody(world: World, { accessToken, expiresAt, refreshToken, tokenType }: Issued): Record<string, unknown> {
  const { dateStyle, expiryFields, tokenFields } = world.state.settings
  const body: Record<string, unknown> = { [tokenFields === 'snake' ? 'access_token' : 'accessToken']: accessToken }
  if (refreshToken !== undefined) body[tokenFields === 'snake' ? 'refresh_token' : 'refreshToken'] = refreshToken
  if (expiryFields === 'expireDate' || expiryFields === 'both') {
    body.expireDate = dateStyle === 'java' ? toJavaDate(expiresAt) : new Date(expiresAt).toISOString()
  }
  if (expiryFields === 'expires_in' || expiryFields === 'both') {
    body.expires_in = Math.round((expiresAt - world.clock.now()) / 1000)
  }
  if (tokenType !== undefined) body.token_type = tokenType
  return body
}
