export type UpstreamEnvironment = 'SANDBOX' | 'PRODUCTION'
export type PermissionLevel = 'NONE' | 'READONLY' | 'READWRITE'

export const API_CLIENT_CATEGORIES = [
  'CHECKIN_PROVIDER',
  'BOOKING_ENGINE',
  'CHANNEL_MANAGER',
  'OTA',
  'RMS',
  'MODEL_CONTEXT_PROTOCOL',
] as const
export type ApiClientCategory = (typeof API_CLIENT_CATEGORIES)[number]

/** What Octorate says of an API client (contract, "API configuration"). Null: not told, or in an unknown form. */
export interface ApiConfiguration {
  readonly environment: UpstreamEnvironment | null
  /** Null when the answer has no such list: then it must not be written back. An empty one is an empty list. */
  readonly redirectUris: readonly string[] | null
  readonly category: string | null
  /** The name under which the icon is stored; it is written as an address. */
  readonly iconName: string | null
  readonly listedToAllUsers: boolean | null
  readonly applicationName: string | null
  /** By upper-case language code. */
  readonly descriptions: Readonly<Record<string, string>>
  readonly active: boolean | null
  readonly authMethod: string | null
  readonly authorizationPages: readonly string[]
  readonly quotaLimit: number | null
  readonly quotaStatus: string | null
  readonly maintenance: boolean | null
  readonly configName: string | null
  readonly uniqueId: string | null
  readonly buildNumber: string | null
  readonly fiscalVersion: string | null
  /** Whatever Octorate says of a reseller, as texts. */
  readonly reseller: Readonly<Record<string, string>>
  /** Fields that the contract does not name: shown as JSON, never written. */
  readonly unknown: Readonly<Record<string, string>>
  readonly permissions: Readonly<
    Record<(typeof PERMISSION_NAMES)[number], PermissionLevel | null>
  >
}

/** Every permission that an API client can have. */
export const PERMISSION_NAMES = ['property', 'license', 'cardDetail', 'content', 'reservation'] as const

/** The fields to write; what is left out stays as it is. */
export interface ConfigurationChange {
  readonly environment?: UpstreamEnvironment
  /** Replaces the whole list; null clears it, and is only ever sent on purpose. */
  readonly redirectUris?: readonly string[] | null
  readonly category?: ApiClientCategory
  /** Address of a picture that Octorate downloads. */
  readonly iconUrl?: string
  readonly listedToAllUsers?: boolean
  readonly applicationName?: string
  readonly descriptions?: Readonly<Record<string, string>>
}
