/** What crosses the wire of Keyrack's machine API about migrations of old keys, as this client reads it. */
export interface OldKeyLine {
  /** Key of Octorate's deprecated API. Secret. */
  readonly key: string
  /** Octorate's id of the property. */
  readonly propertyId: string
  readonly name?: string | undefined
}

/** Old keys, or the text of a file of them as it is: lines of JSON, or CSV with a comma, semicolon or tab. */
export type OldKeys = Iterable<OldKeyLine> | { readonly ndjson: string } | { readonly csv: string }

export interface StartMigration {
  /** Of the API client that the old keys were issued for. */
  readonly apiClientId: string
  readonly name?: string | undefined
  /** Lines begun in a second; 5 unless given. */
  readonly perSecond?: number | 'unlimited' | undefined
}

export type MigrationLineState = 'pending' | 'sent' | 'received' | 'stored' | 'verified' | 'failed' | 'ambiguous' | 'skipped'

export interface Migration {
  id: string
  name: string
  /** `stopped` by itself, with a reason; `paused` by somebody. */
  state: 'running' | 'paused' | 'stopped' | 'finished' | 'cancelled'
  stage: 'first_line' | 'next_ten' | 'rest'
  stopReason: string | null
  /** Null is without a throttle. */
  perSecond: number | null
  perSecondNow: number | null
  total: number
  counts: Record<MigrationLineState, number>
  rate: number | null
  secondsLeft: number | null
  createdAt: string
  updatedAt: string
  finishedAt: string | null
  apiClient: { id: string; name: string; environment: 'SANDBOX' | 'PRODUCTION' }
}

export interface MigrationLine {
  /** Line of the file. */
  number: number
  propertyId: string
  name: string | null
  keyLast4: string
  state: MigrationLineState
  reason: string | null
  nextAction: string
  connectionId: string | null
  migratedBy: string | null
  oldKeyId: string
  oldKeyState: string
  at: string
  nextTryAt: string | null
}

export interface MigrationCheck {
  /** False when Octorate could not be asked for its properties: `unknown_property` is never said then. */
  isListed: boolean
  total: number
  items: {
    number: number
    propertyId: string
    verdict: 'ready' | 'already_connected' | 'already_migrated' | 'sent_before' | 'in_other_migration' | 'unknown_property' | 'duplicate'
    connectionId: string | null
    migrationId: string | null
  }[]
}
