import type { SealContext } from '../crypto/seal'

interface Place {
  readonly organizationId: string
  readonly connectionId: string
  readonly version: number
}

export function accessTokenContext({ organizationId, connectionId, version }: Place): SealContext {
  return { table: 'connections', column: 'access_token_sealed', organizationId, rowId: connectionId, version }
}

export function refreshTokenContext({ organizationId, connectionId, version }: Place): SealContext {
  return { table: 'connections', column: 'refresh_token_sealed', organizationId, rowId: connectionId, version }
}
