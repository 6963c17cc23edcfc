import { isUuid } from '@/lib/ids'
import { defineMachineEndpoint } from './define-machine-endpoint'
import { languageSchema, linkLifeSchema, linkStateSchema, LINK_KINDS, propertyIdSchema } from './links'
import { plainText } from './plain-text'
import { z } from './zod'

const instant = z.iso.datetime()
const id = z.uuid().refine(isUuid)

const machineLinkSchema = z
  .object({
    id: z.uuid(),
    kind: z.enum(LINK_KINDS),
    state: linkStateSchema,
    failure: z.string().nullable().describe('Why the last walk did not end in a connection, as a code of this reference.'),
    connectionId: z.uuid().nullable().describe('The one to renew, or the one that a first connect became.'),
    propertyId: z.string().nullable(),
    ticket: z.string().nullable(),
    createdAt: instant,
    expiresAt: instant,
    openedAt: instant.nullable(),
    verifiedAt: instant.nullable(),
  })
  .meta({ id: 'Link' })
export type MachineLink = z.infer<typeof machineLinkSchema>

/** With a connection it reconnects that one; without one it connects for the first time. Never answers a token of Octorate's. */
export const createMachineLink = defineMachineEndpoint({
  method: 'POST',
  path: '/links',
  summary: 'A link by which a hotelier without an account connects a property, or reconnects a connection.',
  body: z.strictObject({
    connectionId: id.optional().describe('The connection to renew; then apiClientId and propertyId are left out.'),
    apiClientId: id.optional().describe('Needed for a first connect.'),
    propertyId: propertyIdSchema.optional().describe('Of a first connect: another property is refused.'),
    recipientName: plainText(120).optional(),
    recipientEmail: z.email().max(254).optional(),
    language: languageSchema.default('en'),
    reason: plainText(300).optional(),
    ticket: plainText(80).optional(),
    life: linkLifeSchema.default('24h'),
    successUrl: z.string().max(2_000).optional().describe("Exactly as it stands among the API client's return addresses."),
    errorUrl: z.string().max(2_000).optional(),
  }),
  output: z.object({
    link: machineLinkSchema,
    url: z.string().describe('Shown once. It works once, in the first browser that opens it.'),
    phoneCode: z.object({ code: z.string(), address: z.string(), expiresAt: instant }),
  }),
  scope: 'links:create',
  refusals: ['not_found', 'machine_key_properties', 'hotelier_cannot_help', 'link_needs_callback', 'return_address_unknown'],
  audit: 'link.created',
  idempotencyKey: true,
})

export const getMachineLink = defineMachineEndpoint({
  method: 'GET',
  path: '/links/:id',
  summary: 'How far a link is.',
  params: z.strictObject({ id }),
  output: machineLinkSchema,
  scope: 'links:create',
  refusals: ['not_found'],
  audit: { none: 'reads only, no token' },
})
