import { isUuid } from '@/lib/ids'
import { defineMachineEndpoint } from './define-machine-endpoint'
import { KEY_VERDICTS, keyLineSchema, keyLinesQuery, keyMigrationSchema } from './key-migrations'
import { plainText } from './plain-text'
import { z } from './zod'

const idParams = z.strictObject({ id: z.uuid().refine(isUuid) })

/** The body is NDJSON (application/x-ndjson), a line as in `keyLineInput` each, or CSV (text/csv) as the page takes it. */
export const startMachineKeyMigration = defineMachineEndpoint({
  method: 'POST',
  path: '/migrations',
  summary: 'Brings keys of the deprecated API as NDJSON ({"key", "propertyId", "name"}) or CSV, one a line, and turns each into a connection; the same lines again are the same migration.',
  query: z.strictObject({
    apiClientId: z.uuid(),
    name: plainText(80).default('Migration'),
    perSecond: z.union([z.literal('unlimited'), z.coerce.number().min(0.1).max(200)]).default(5).describe('Lines begun in a second.'),
  }),
  output: keyMigrationSchema,
  scope: 'migrations:run',
  refusals: ['not_found', 'key_line_malformed', 'key_migration_overlaps', 'machine_key_properties'],
  audit: 'key_migration.started',
  takes: 'ndjson_or_csv',
})

/** What {@link startMachineKeyMigration} would do with the same body. It refuses what that refuses; no key is sent to Octorate or kept. */
export const checkMachineKeyMigration = defineMachineEndpoint({
  method: 'POST',
  path: '/migrations/check',
  summary: 'Dry run of a migration: what would become of each line. Nothing is kept, and no key is sent to Octorate.',
  query: z.strictObject({ apiClientId: z.uuid() }),
  output: z.object({
    isListed: z.boolean().describe('False when Octorate could not be asked for its properties: unknown_property is never said then.'),
    total: z.number().int(),
    items: z.array(
      z.object({
        number: z.number().int().describe('Line of the body.'),
        propertyId: z.string(),
        verdict: z.enum([...KEY_VERDICTS, 'duplicate']),
        connectionId: z.uuid().nullable(),
        migrationId: z.uuid().nullable(),
      }),
    ),
  }),
  scope: 'migrations:run',
  refusals: ['not_found', 'key_line_malformed', 'machine_key_properties'],
  audit: { none: 'reads only; keeps no key and sends none' },
  takes: 'ndjson_or_csv',
})

export const getMachineKeyMigration = defineMachineEndpoint({
  method: 'GET',
  path: '/migrations/:id',
  summary: 'Progress of a migration.',
  params: idParams,
  output: keyMigrationSchema,
  scope: 'migrations:run',
  refusals: ['not_found'],
  audit: { none: 'reads only, no key and no token' },
})

export const listMachineKeyLines = defineMachineEndpoint({
  method: 'GET',
  path: '/migrations/:id/lines',
  summary: 'Lines of a migration by their number: what became of each, and what to do next.',
  params: idParams,
  query: keyLinesQuery,
  output: z.object({ items: z.array(keyLineSchema), total: z.number().int() }),
  scope: 'migrations:run',
  refusals: ['not_found'],
  audit: { none: 'reads only, no key and no token' },
})

/** All lines at once, as the page's report. */
export const reportMachineKeyMigration = defineMachineEndpoint({
  method: 'GET',
  path: '/migrations/:id/report',
  summary: 'All lines of a migration as CSV, without a secret.',
  params: idParams,
  output: z.string(),
  answers: 'csv',
  scope: 'migrations:run',
  refusals: ['not_found'],
  audit: { none: 'reads only, no key and no token' },
})

export const pauseMachineKeyMigration = defineMachineEndpoint({
  method: 'POST',
  path: '/migrations/:id/pause',
  summary: 'Begins no further line; lines in hand end as they end.',
  params: idParams,
  output: keyMigrationSchema,
  scope: 'migrations:run',
  refusals: ['not_found', 'key_migration_over'],
  audit: 'key_migration.paused',
})

export const resumeMachineKeyMigration = defineMachineEndpoint({
  method: 'POST',
  path: '/migrations/:id/resume',
  summary: 'Goes on with a migration that is paused, or that stopped by itself: then with one line first.',
  params: idParams,
  output: keyMigrationSchema,
  scope: 'migrations:run',
  refusals: ['not_found', 'key_migration_over'],
  audit: 'key_migration.resumed',
})

export const retryMachineKeyMigration = defineMachineEndpoint({
  method: 'POST',
  path: '/migrations/:id/retry',
  summary: 'Tries the failed lines again, and no others; only a key that Octorate refused is sent again.',
  params: idParams,
  output: keyMigrationSchema,
  scope: 'migrations:run',
  refusals: ['not_found', 'nothing_to_retry', 'key_migration_over'],
  audit: 'key_migration.retried',
})

export const cancelMachineKeyMigration = defineMachineEndpoint({
  method: 'POST',
  path: '/migrations/:id/cancel',
  summary: 'Skips the lines that wait; lines in hand end as they end.',
  params: idParams,
  output: keyMigrationSchema,
  scope: 'migrations:run',
  refusals: ['not_found', 'key_migration_over'],
  audit: 'key_migration.cancelled',
})
