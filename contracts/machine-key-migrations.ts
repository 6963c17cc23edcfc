import { isUuid } from '@/lib/ids'
import { defineMachineEndpoint } from './define-machine-endpoint'
import { keyLineSchema, keyLinesQuery, keyMigrationSchema } from './key-migrations'
import { plainText } from './plain-text'
import { z } from './zod'

const idParams = z.strictObject({ id: z.uuid().refine(isUuid) })

/** The body is NDJSON (application/x-ndjson), a line as in `keyLineInput` each; the same lines again are the same migration. */
export const startMachineKeyMigration = defineMachineEndpoint({
  method: 'POST',
  path: '/migrations',
  summary: 'Brings keys of the deprecated API as NDJSON, one a line ({"key", "propertyId", "name"}), and turns each into a connection; the same lines again are the same migration.',
  query: z.strictObject({
    apiClientId: z.uuid(),
    name: plainText(80).default('Migration'),
    perSecond: z.union([z.literal('unlimited'), z.coerce.number().min(0.1).max(200)]).default(5).describe('Lines begun in a second.'),
  }),
  output: keyMigrationSchema,
  scope: 'migrations:run',
  refusals: ['not_found', 'key_line_malformed', 'key_migration_overlaps', 'machine_key_properties'],
  audit: 'key_migration.started',
  takes: 'ndjson',
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
