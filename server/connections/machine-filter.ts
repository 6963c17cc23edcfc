import type { Prisma } from '../generated/prisma/client'
import type { MachineCaller } from '../machine-keys/machine-caller'

/**
 * The connections that a machine key may see, for the query that acts: its organization's, of its environment, and with
 * a property list those that cover at least one of these.
 */
export function visibleTo({ organizationId, environment, properties }: MachineCaller): Prisma.ConnectionWhereInput {
  return {
    organizationId,
    environment,
    ...(properties ? { properties: { some: { upstreamId: { in: [...properties] } } } } : {}),
  }
}

/** The properties of a connection that it may see. */
export function visibleProperties({ properties }: MachineCaller): Prisma.PropertyWhereInput {
  return properties ? { upstreamId: { in: [...properties] } } : {}
}
