import type { World } from '../models/world'

type Created = {
  readonly id: string
  readonly refreshToken: string
  readonly accessToken: string
  /** the lodgings of the network that was joined */
  readonly properties?: readonly string[]
}

/**
 * The answer to a property's creation (API description, Creating a property). Examples and schema differ, so status,
 * id and tokens are a switch each.
 */
export function createdBody({ state }: World, { id, refreshToken, accessToken, properties }: Created): Record<string, unknown> {
  const { createdId, createdStatus, createdTokens } = state.settings
  const ids = createdId === 'ids' ? { ids: [id] } : { [createdId]: id }
  const withProperties = properties && { refresh_properties: properties }
  if (createdTokens === 'refresh_token') return { status: createdStatus, ...ids, refresh_token: refreshToken, ...withProperties }
  const identity = { refreshToken, ...(createdTokens === 'identity-with-access-token' && { accessToken }) }
  return { status: createdStatus, ...ids, identity, ...withProperties }
}
