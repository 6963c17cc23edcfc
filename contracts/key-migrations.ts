import { isUuid } from '@/lib/ids'
import { LONGEST_KEY_VALUE, MOST_KEY_LINES, SHORTEST_KEY } from '@/lib/key-migrations/key-limits'
import { defineRead, defineWrite } from './define-endpoint'
import { OLD_KEY_STATES } from './old-keys'
import { plainText } from './plain-text'
import { z } from './zod'

const id = z.uuid().refine(isUuid)
const idParams = z.strictObject({ id })
const instant = z.iso.datetime()
const count = z.number().int()
const permission = 'key-migrations:run'

/**
 * `paused` by a person; `stopped` by itself, with a reason. Both can be resumed. `finished` and `cancelled` have no line
 * left to work on.
 */
export const KEY_MIGRATION_STATES = ['running', 'paused', 'stopped', 'finished', 'cancelled'] as const
export type KeyMigrationState = (typeof KEY_MIGRATION_STATES)[number]

/** How far a run trusts itself: one line until it is verified, then ten, then the rest. */
export const KEY_MIGRATION_STAGES = ['first_line', 'next_ten', 'rest'] as const
export type KeyMigrationStage = (typeof KEY_MIGRATION_STAGES)[number]

/** Why a run stopped by itself. */
export const KEY_MIGRATION_STOPS = [
  /** A token came, but it can't be refreshed as this API client, or does not read the property: the wrong API client, most likely. */
  'line_not_verified',
  /** Octorate was called and the answer never came, or can't be read, for several lines: each may be used up. */
  'answers_lost',
  /** Octorate refuses this API client, its environment or its permissions. */
  'upstream_refuses',
] as const
export type KeyMigrationStop = (typeof KEY_MIGRATION_STOPS)[number]

/** The last four are final: nothing goes on by itself with such a line. */
export const KEY_LINE_STATES = ['pending', 'sent', 'received', 'stored', 'verified', 'failed', 'ambiguous', 'skipped'] as const
export type KeyLineState = (typeof KEY_LINE_STATES)[number]

/** What is said of a line besides its state, where no code of contracts/errors.ts says it. */
export const KEY_LINE_REASONS = [
  'same_key_in_file',
  'same_property_in_file',
  'already_connected',
  'already_migrated',
  'cancelled',
  /** An earlier migration called Octorate for this property, and nobody knows what came of it: it is not sent again. */
  'sent_before',
  /** Octorate does not know the old key. */
  'old_key_refused',
  /** The old key belongs to another property. */
  'key_of_other_property',
  /** Octorate refuses to migrate this property: most likely it was migrated before, by somebody else. */
  'migration_refused',
  /** Octorate was called and no answer came: it may have given a token that never reached us. */
  'answer_lost',
  'answer_unreadable',
  /** The process died between the call and the answer. */
  'process_died',
  /** The token came, but can't be refreshed as this API client. */
  'refresh_refused',
  /** The token came, but does not read this property. */
  'property_not_covered',
  'disconnected_meanwhile',
] as const
export type KeyLineReason = (typeof KEY_LINE_REASONS)[number]

/** Whose move it is and which, for the page to word. */
export const KEY_LINE_ACTIONS = ['none', 'wait', 'retry', 'check_key', 'check_property', 'check_api_client', 'reconnect', 'open_connection'] as const
export type KeyLineAction = (typeof KEY_LINE_ACTIONS)[number]

/** Lines that are begun in a second; null takes the throttle off. */
const perSecond = z.number().min(0.1).max(200).nullable()

/** As Octorate spells it. */
const propertyId = z.string().min(1).max(LONGEST_KEY_VALUE.propertyId).regex(/^[\x21-\x7e]+$/)

/** What is kept of a line of the file: the other columns stay in the browser. */
export const keyLineInput = z.strictObject({
  key: z.string().min(SHORTEST_KEY).max(LONGEST_KEY_VALUE.key).regex(/^[\x21-\x7e]+$/),
  /** The id that Octorate gives the property. */
  propertyId,
  name: plainText(LONGEST_KEY_VALUE.name).optional(),
})
export type KeyLineInput = z.infer<typeof keyLineInput>

export const keyMigrationSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  state: z.enum(KEY_MIGRATION_STATES),
  stage: z.enum(KEY_MIGRATION_STAGES),
  /** Null unless `stopped`. */
  stopReason: z.enum(KEY_MIGRATION_STOPS).nullable(),
  /** As chosen; null is without throttle. */
  perSecond: z.number().nullable(),
  /** As it is now: less after Octorate said that the quota is used up. */
  perSecondNow: z.number().nullable(),
  total: count,
  /** Adds up to `total`. */
  counts: z.object({
    pending: count, sent: count, received: count, stored: count, verified: count, failed: count, ambiguous: count, skipped: count,
  }),
  /** Lines that reached a final state in each second of the last half minute; null unless it runs. */
  rate: z.number().nullable(),
  /** At that rate; null when nobody can say. */
  secondsLeft: count.nullable(),
  createdAt: instant,
  /** When a line, or the run itself, changed last. */
  updatedAt: instant,
  finishedAt: instant.nullable(),
  apiClient: z.object({ id: z.uuid(), name: z.string(), environment: z.enum(['SANDBOX', 'PRODUCTION']) }),
})
export type KeyMigration = z.infer<typeof keyMigrationSchema>

export const keyLineSchema = z.object({
  /** Line of the file. */
  number: count,
  propertyId: z.string(),
  name: z.string().nullable(),
  keyLast4: z.string(),
  state: z.enum(KEY_LINE_STATES),
  /** One of {@link KEY_LINE_REASONS}, or a code of contracts/errors.ts. */
  reason: z.string().nullable(),
  nextAction: z.enum(KEY_LINE_ACTIONS),
  /** The connection that it became, or that is there already; null when there is none now. */
  connectionId: z.uuid().nullable(),
  /** Of `already_migrated` and `sent_before`: the migration that did it. */
  migratedBy: z.uuid().nullable(),
  oldKeyId: z.uuid(),
  oldKeyState: z.enum(OLD_KEY_STATES),
  /** When it changed last. */
  at: instant,
  /** When it is tried again; null unless it waits after a failed try. */
  nextTryAt: instant.nullable(),
})
export type KeyLine = z.infer<typeof keyLineSchema>

export const KEY_VERDICTS = [
  'ready',
  /** A living connection covers the property: such a line is skipped. */
  'already_connected',
  /** An earlier migration verified it: such a line is skipped. */
  'already_migrated',
  /** An earlier migration called Octorate for it, and nobody knows what came of it: not sent again, the way back is the consent flow. */
  'sent_before',
  /** A migration that is not over has it in hand: a start would be refused. */
  'in_other_migration',
  /** Octorate did not list it for this API client. A warning: Octorate may list only what is connected already. */
  'unknown_property',
] as const
export type KeyVerdict = (typeof KEY_VERDICTS)[number]

/** What the database and Octorate know of each property of a file. Keys stay in the browser for this. */
export const checkKeyMigration = defineWrite({
  method: 'POST',
  path: '/api/key-migrations/check',
  body: z.strictObject({ apiClientId: id, propertyIds: z.array(propertyId).max(MOST_KEY_LINES) }),
  output: z.object({
    /** False when no stored admin token could list the API client's properties: `unknown_property` is never said then. */
    isListed: z.boolean(),
    /** One for each property that was asked about, once, in that order. */
    items: z.array(
      z.object({
        propertyId: z.string(),
        verdict: z.enum(KEY_VERDICTS),
        /** Of `already_connected`, and of `already_migrated` while the connection lives. */
        connectionId: z.uuid().nullable(),
        /** Of `already_migrated`, `sent_before` and `in_other_migration`. */
        migrationId: z.uuid().nullable(),
        /** When it was migrated, or sent. */
        at: instant.nullable(),
      }),
    ),
  }),
  permission,
  audit: { none: 'reads only; a body because thousands of ids fit no address' },
  mostBytes: 4 * 1024 * 1024,
})

/**
 * The same lines again are the same migration, unless that was cancelled. Lines of which some are in a migration that is
 * not over are refused as `key_migration_overlaps`: `issues` tell the difference, `path` as `LINE.key`, `LINE.name` or
 * `LINE`, `message` one of `changed`, `added`, `missing`.
 */
export const startKeyMigration = defineWrite({
  method: 'POST',
  path: '/api/key-migrations',
  body: z.strictObject({
    apiClientId: id,
    name: plainText(80),
    perSecond: perSecond.default(5),
    lines: z
      .array(keyLineInput.extend({ number: z.number().int().min(1).max(10_000_000) }))
      .min(1)
      .max(MOST_KEY_LINES),
  }),
  output: keyMigrationSchema,
  permission,
  audit: 'key_migration.started',
  mostBytes: 16 * 1024 * 1024,
})

export const listKeyMigrations = defineRead({
  path: '/api/key-migrations',
  output: z.object({ items: z.array(keyMigrationSchema) }),
  permission,
})

export const getKeyMigration = defineRead({
  path: '/api/key-migrations/:id',
  params: idParams,
  output: keyMigrationSchema,
  permission,
})

/** Parameters of a page of lines, here and in the machine API. */
export const keyLinesQuery = z.strictObject({
  state: z.enum(KEY_LINE_STATES).optional(),
  offset: z.coerce.number().int().min(0).max(MOST_KEY_LINES).default(0),
  limit: z.coerce.number().int().min(1).max(1_000).default(200),
})

export const listKeyLines = defineRead({
  path: '/api/key-migrations/:id/lines',
  params: idParams,
  query: keyLinesQuery,
  output: z.object({ items: z.array(keyLineSchema), total: count }),
  permission,
})

/** Lines that are in hand end as they end; nothing new is begun. */
export const pauseKeyMigration = defineWrite({
  method: 'POST',
  path: '/api/key-migrations/:id/pause',
  params: idParams,
  output: keyMigrationSchema,
  permission,
  audit: 'key_migration.paused',
})

/** Goes on with one that is paused, or that stopped by itself: then with one line first again. */
export const resumeKeyMigration = defineWrite({
  method: 'POST',
  path: '/api/key-migrations/:id/resume',
  params: idParams,
  output: keyMigrationSchema,
  permission,
  audit: 'key_migration.resumed',
})

/** Lines that are in hand end as they end; those that wait are skipped. */
export const cancelKeyMigration = defineWrite({
  method: 'POST',
  path: '/api/key-migrations/:id/cancel',
  params: idParams,
  output: keyMigrationSchema,
  permission,
  audit: 'key_migration.cancelled',
})

/**
 * Tries again the failed lines, and no others, and looks once more whether an ambiguous one is connected by now. A token
 * that came is verified again; only a key that Octorate refused is sent again.
 */
export const retryKeyMigration = defineWrite({
  method: 'POST',
  path: '/api/key-migrations/:id/retry',
  params: idParams,
  output: keyMigrationSchema,
  permission,
  audit: 'key_migration.retried',
})

export const changeKeyMigrationPace = defineWrite({
  method: 'PATCH',
  path: '/api/key-migrations/:id',
  params: idParams,
  body: z.strictObject({ perSecond }),
  output: keyMigrationSchema,
  permission,
  audit: 'key_migration.pace_changed',
})

/** All lines as CSV (RFC 4180), without secrets, neutralised against formulas; the same bytes while no line changes. */
export const reportKeyMigration = defineRead({
  path: '/api/key-migrations/:id/report',
  params: idParams,
  output: z.object({ fileName: z.string(), csv: z.string() }),
  permission,
})
