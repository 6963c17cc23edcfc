import { MOST_IMPORT_LINES } from '@/lib/imports/parse-import-text'
import { isUuid } from '@/lib/ids'
import { defineRead, defineWrite } from './define-endpoint'
import { importLineInput, importSchema } from './machine-api'
import { plainText } from './plain-text'
import { z } from './zod'

const id = z.uuid().refine(isUuid)
const idParams = z.strictObject({ id })
const instant = z.iso.datetime()

export const IMPORT_LINE_STATES = ['pending', 'stored', 'duplicate', 'refused', 'failed', 'handed_back'] as const
export type ImportLineState = (typeof IMPORT_LINE_STATES)[number]

/** What is said of a line besides its state, where no code of contracts/errors.ts says it. */
export const IMPORT_REASONS = [
  'same_token_in_file',
  'same_token_before',
  'already_connected',
  'property_differs',
  'token_replaced',
  'cancelled',
  'disconnected_meanwhile',
] as const
export type ImportReason = (typeof IMPORT_REASONS)[number]

export const importDetailSchema = importSchema.extend({
  apiClient: z.object({ id: z.uuid(), name: z.string(), environment: z.enum(['SANDBOX', 'PRODUCTION']) }),
  /** When a line changed last. */
  updatedAt: instant,
})
export type ImportDetail = z.infer<typeof importDetailSchema>

export const importLineSchema = z.object({
  number: z.number().int(),
  propertyId: z.string().nullable(),
  name: z.string().nullable(),
  tokenLast4: z.string(),
  state: z.enum(IMPORT_LINE_STATES),
  /** One of {@link IMPORT_REASONS}, or a code of contracts/errors.ts. */
  reason: z.string().nullable(),
  /** Null unless there is a connection now. */
  connectionId: z.uuid().nullable(),
  /** When it is tried again; null unless it waits after a failed try. */
  nextTryAt: instant.nullable(),
})
export type ImportLineDto = z.infer<typeof importLineSchema>

/** Which of the given properties this API client has a living connection for. Tokens stay in the browser for this. */
export const checkImport = defineWrite({
  method: 'POST',
  path: '/api/imports/check',
  body: z.strictObject({ apiClientId: id, propertyIds: z.array(z.string().min(1).max(100)).max(MOST_IMPORT_LINES) }),
  output: z.object({ connected: z.array(z.string()) }),
  permission: 'connections:import',
  audit: { none: 'reads only; a body because thousands of ids fit no address' },
  mostBytes: 4 * 1024 * 1024,
})

/** The same lines again, while nothing of them needs another try, are the same import. */
export const startImport = defineWrite({
  method: 'POST',
  path: '/api/imports',
  body: z.strictObject({
    apiClientId: id,
    name: plainText(80),
    probe: z.boolean(),
    lines: z
      .array(importLineInput.extend({ number: z.number().int().min(1).max(10_000_000) }))
      .min(1)
      .max(MOST_IMPORT_LINES),
  }),
  output: importDetailSchema,
  permission: 'connections:import',
  audit: 'import.started',
  mostBytes: 16 * 1024 * 1024,
})

export const listImports = defineRead({
  path: '/api/imports',
  output: z.object({ items: z.array(importDetailSchema) }),
  permission: 'connections:import',
})

export const getImport = defineRead({
  path: '/api/imports/:id',
  params: idParams,
  output: importDetailSchema,
  permission: 'connections:import',
})

export const listImportLines = defineRead({
  path: '/api/imports/:id/lines',
  params: idParams,
  query: z.strictObject({
    state: z.enum(IMPORT_LINE_STATES).optional(),
    offset: z.coerce.number().int().min(0).max(MOST_IMPORT_LINES).default(0),
    limit: z.coerce.number().int().min(1).max(1_000).default(200),
  }),
  output: z.object({ items: z.array(importLineSchema), total: z.number().int() }),
  permission: 'connections:import',
})

/** Lines that are in hand end as they end; those that wait are given up, and their tokens wiped. */
export const cancelImport = defineWrite({
  method: 'POST',
  path: '/api/imports/:id/cancel',
  params: idParams,
  output: importDetailSchema,
  permission: 'connections:import',
  audit: 'import.cancelled',
})

/** Stops using here what the old system can still use; keeps, and names, what it can't. */
export const handBackImport = defineWrite({
  method: 'POST',
  path: '/api/imports/:id/hand-back',
  params: idParams,
  output: importDetailSchema,
  permission: 'connections:import',
  audit: 'import.handed_back',
})

/** Tries the failed lines again. */
export const retryImport = defineWrite({
  method: 'POST',
  path: '/api/imports/:id/retry',
  params: idParams,
  output: importDetailSchema,
  permission: 'connections:import',
  audit: 'import.started',
})
