declare const brand: unique symbol
type Id<K extends string> = string & { readonly [brand]: K }

export type OrganizationId = Id<'organization'>
export type ConnectionId = Id<'connection'>
export type ApiClientId = Id<'api_client'>
export type UserId = Id<'user'>
export type SessionId = Id<'session'>
export type FlowId = Id<'flow'>

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** Whether the text is a UUID (RFC 9562) in its canonical lower case: one id has one spelling. */
export function isUuid(text: unknown): text is string {
  return typeof text === 'string' && UUID.test(text)
}

export const parseOrganizationId = (text: unknown) => parseId(text, 'organization') as OrganizationId
export const parseConnectionId = (text: unknown) => parseId(text, 'connection') as ConnectionId
export const parseApiClientId = (text: unknown) => parseId(text, 'API client') as ApiClientId
export const parseUserId = (text: unknown) => parseId(text, 'user') as UserId
export const parseSessionId = (text: unknown) => parseId(text, 'session') as SessionId
export const parseFlowId = (text: unknown) => parseId(text, 'flow') as FlowId

function parseId(text: unknown, noun: string): string {
  if (!isUuid(text)) throw new TypeError(`an id of ${noun} is a UUID in lower case`)
  return text
}
