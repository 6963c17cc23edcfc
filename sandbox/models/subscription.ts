/** An address that an API client wants to be told of events at. The sandbox keeps it, and sends nothing. */
export type Subscription = { readonly clientId: string; readonly event: string; readonly url: string }

export const subscriptionEvents = ['RESERVATION_CREATED', 'RESERVATION_CHANGE', 'RESERVATION_CANCELLED'] as const

/** One subscription per API client and event: a second one replaces the first. */
export function subscriptionId(clientId: string, event: string): string {
  return `${event} ${clientId}`
}
