import { MACHINE_KEY_STATES } from '@/lib/machine-key-state'
import { parseCidrBlock } from '@/lib/net/parse-cidr-block'
import { environmentSchema } from './api-clients'
import { defineRead, defineWrite } from './define-endpoint'
import { RESTRICTION_MODES } from './key-restrictions'
import { MACHINE_SCOPES } from './machine-scopes'
import { plainText } from './plain-text'
import { z } from './zod'

const instant = z.iso.datetime()
const idParams = z.strictObject({ id: z.uuid() })
export const machineKeyStateSchema = z.enum(MACHINE_KEY_STATES)

/** Longest overlap of a rotation, in hours. */
export const MOST_OVERLAP_HOURS = 90 * 24

/** A key without its secret, of which the last four characters are left. */
export const machineKeySchema = z.object({
  id: z.uuid(),
  name: z.string(),
  environment: environmentSchema,
  last4: z.string(),
  state: machineKeyStateSchema,
  scopes: z.array(z.enum(MACHINE_SCOPES)),
  /** Octorate's ids; empty means all properties. */
  properties: z.array(z.string()),
  /** Whether `addresses` decide who may use it; see contracts/key-restrictions.ts. */
  restriction: z.enum(RESTRICTION_MODES),
  /** Canonical IPv4 addresses and networks of its restriction, those that have not expired. */
  addresses: z.array(z.string()),
  createdAt: instant,
  /** Null when its maker is no member any more. */
  createdBy: z.string().nullable(),
  /** A personal key ends with the membership of its maker; any other goes on. */
  belongsTo: z.enum(['organization', 'you', 'person']),
  /** Its maker has left: by then it should be replaced. */
  rotateBy: instant.nullable(),
  /** Null for a key that never expires. */
  expiresAt: instant.nullable(),
  revokedAt: instant.nullable(),
  lastUse: z.object({ at: instant, address: z.string(), userAgent: z.string(), route: z.string() }).nullable(),
  /** Valid, and not used for ninety days. */
  isUnused: z.boolean(),
  /** Id of the key that a rotation replaced it by. */
  replacedById: z.uuid().nullable(),
})
export type MachineKeySummary = z.infer<typeof machineKeySchema>

export const machineKeyDetailSchema = machineKeySchema.extend({
  /** Id of the key that this one replaced. */
  replacesId: z.uuid().nullable(),
})
export type MachineKeyDetail = z.infer<typeof machineKeyDetailSchema>

/** What a person gets to see once: the key itself. */
const revealedSchema = z.object({ key: z.string(), machineKey: machineKeyDetailSchema })
export type RevealedMachineKey = z.infer<typeof revealedSchema>

/**
 * One IPv4 address or network, in its canonical spelling. Wider than /8 is refused: whoever wants no restriction leaves
 * the list empty, and sees that it is.
 */
const allowedAddress = z
  .string()
  .max(100)
  .transform((text, context) => {
    const parsed = parseCidrBlock(text)
    if (parsed.verdict === 'accept' || parsed.verdict === 'warn') return parsed.canonical
    const where = 'position' in parsed ? ` at character ${parsed.position + 1}` : ''
    const meant = 'suggestions' in parsed ? `, perhaps ${parsed.suggestions.join(' ')}` : ''
    context.addIssue({ code: 'custom', message: `is no IPv4 address or network that restricts anything: ${parsed.code}${where}${meant}` })
    return z.NEVER
  })

export const createMachineKeyInput = z.strictObject({
  name: plainText(80),
  environment: environmentSchema,
  scopes: z.array(z.enum(MACHINE_SCOPES)).min(1).max(MACHINE_SCOPES.length).transform(once),
  /** Octorate's ids; empty means all properties. */
  properties: z.array(z.string().regex(/^[\x21-\x7e]{1,100}$/)).max(1_000).default([]).transform(once),
  addresses: z.array(allowedAddress).max(100).default([]).transform(once),
  /** Ends with the membership of who makes it. */
  isPersonal: z.boolean().default(false),
  /** Absent: a year from now. Null: never, which has to be said. */
  expiresAt: instant.nullable().optional(),
})

export const rotateMachineKeyInput = z.strictObject({
  /** When the old key ends for good; 0 hours is at once. */
  oldKey: z.union([
    z.strictObject({ endsInHours: z.number().int().min(0).max(MOST_OVERLAP_HOURS) }),
    z.strictObject({ endsAt: instant }),
  ]),
})

export const MACHINE_KEY_SORTS = ['created', 'name', 'expires', 'last-used'] as const

export const machineKeyQuerySchema = z.strictObject({
  /** Part of a name, or the last four characters. */
  q: z.string().trim().max(100).optional(),
  /** `valid` are those that are let in. */
  show: z.enum(['valid', 'ended', 'all']).default('valid'),
  sort: z.enum(MACHINE_KEY_SORTS).default('created'),
  direction: z.enum(['asc', 'desc']).default('desc'),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
})
export type MachineKeyQuery = z.infer<typeof machineKeyQuerySchema>

export const machineKeyPageSchema = z.object({
  items: z.array(machineKeySchema),
  page: z.number().int(),
  hasNext: z.boolean(),
  /** Keys that match, on all pages. */
  total: z.number().int(),
  /** Whether the organization has ever had a key. */
  hasAny: z.boolean(),
})
export type MachineKeyPage = z.infer<typeof machineKeyPageSchema>

export const listMachineKeys = defineRead({
  path: '/api/machine-keys',
  query: machineKeyQuerySchema,
  output: machineKeyPageSchema,
  permission: 'machine-keys:manage',
})

export const getMachineKey = defineRead({
  path: '/api/machine-keys/:id',
  params: idParams,
  output: machineKeyDetailSchema,
  permission: 'machine-keys:manage',
})

/** Its answer is the one place that the key is ever in. */
export const createMachineKey = defineWrite({
  method: 'POST',
  path: '/api/machine-keys',
  body: createMachineKeyInput,
  output: revealedSchema,
  permission: 'machine-keys:manage',
  audit: 'machine_key.created',
})

/** Makes a successor with the same rights, shown once like any new key; the old one ends at its own time. */
export const rotateMachineKey = defineWrite({
  method: 'POST',
  path: '/api/machine-keys/:id/successor',
  params: idParams,
  body: rotateMachineKeyInput,
  output: revealedSchema,
  permission: 'machine-keys:manage',
  audit: 'machine_key.rotated',
})

export const revokeMachineKey = defineWrite({
  method: 'DELETE',
  path: '/api/machine-keys/:id',
  params: idParams,
  output: machineKeyDetailSchema,
  permission: 'machine-keys:manage',
  audit: 'machine_key.revoked',
})

function once<T>(values: readonly T[]): T[] {
  return [...new Set(values)]
}
