/** Whose token: a connection's by Keyrack's id, or the one that covers a property, by Octorate's id. */
export type Target = { readonly connectionId: string } | { readonly propertyId: string }

/** @throws TypeError when it is neither */
export function keyOf(target: Target): string {
  const [kind, id] = 'connectionId' in target ? ['connection', target.connectionId] : ['property', target.propertyId]
  if (typeof id !== 'string' || id === '') throw new TypeError('A target is { connectionId } or { propertyId }, each a text.')
  return `${kind}:${id}`
}
