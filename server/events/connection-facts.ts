import type { Connection } from '../generated/prisma/client'

export type ConnectionFacts = Pick<Connection, 'id' | 'identity' | 'name' | 'environment'> & {
  readonly apiClient: { readonly id: string; readonly name: string }
}

/** What every event tells of a connection: names and ids. */
export function connectionFacts({ id, identity, name, environment, apiClient }: ConnectionFacts) {
  const [kind, upstreamId = ''] = identity.split(/:(.*)/s)
  return {
    connection: { id, name, upstreamId, isNetwork: kind === 'network', environment },
    apiClient: { id: apiClient.id, name: apiClient.name },
  }
}
