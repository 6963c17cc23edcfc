import type { ApiClientSummary } from '@/contracts/api-clients'

/** An API client to connect with; `consentHost` is null when this server may not call its upstream. */
export type ConnectChoice = Pick<ApiClientSummary, 'id' | 'name' | 'clientId' | 'environment' | 'upstream' | 'redirectUri'> & {
  readonly consentHost: string | null
}
