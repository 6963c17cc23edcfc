import { HOTELIER_LANGUAGES } from '@/lib/links/languages'
import { LINK_LIVES } from '@/lib/links/link-life'
import { LINK_STATES } from '@/lib/links/link-state'
import { isTicketUrl } from '@/lib/links/ticket-url'
import { isUuid } from '@/lib/ids'
import { defineRead, defineWrite } from './define-endpoint'
import { MAIL_STATES } from './mail'
import { plainText } from './plain-text'
import { z } from './zod'

const instant = z.iso.datetime()
const id = z.uuid().refine(isUuid)
const idParams = z.strictObject({ id })
export const linkStateSchema = z.enum(LINK_STATES)
export const languageSchema = z.enum(HOTELIER_LANGUAGES)
export const linkLifeSchema = z.enum(LINK_LIVES)
export const LINK_KINDS = ['reconnect', 'connect'] as const

/** Connections that one reconnect may be sent for at once. */
export const MOST_LINKS_AT_ONCE = 50

const coveredSchema = z.object({ upstreamId: z.string(), name: z.string() })
/** What came to a network, or left it, with a consent. */
export const differenceSchema = z.object({ added: z.array(coveredSchema), removed: z.array(coveredSchema) })

export const linkSummarySchema = z.object({
  id: z.uuid(),
  kind: z.enum(LINK_KINDS),
  state: linkStateSchema,
  /** Code of contracts/errors.ts, of the last walk that did not end in a connection. */
  failure: z.string().nullable(),
  /** The one to renew, or the one that a first connect became. */
  connection: coveredSchema.extend({ id: z.uuid() }).nullable(),
  /** Octorate's id of the property that a first connect is meant for; null takes any. */
  propertyId: z.string().nullable(),
  apiClient: z.object({ id: z.uuid(), name: z.string() }),
  environment: z.enum(['SANDBOX', 'PRODUCTION']),
  recipientName: z.string().nullable(),
  recipientEmail: z.string().nullable(),
  language: languageSchema,
  reason: z.string().nullable(),
  ticket: z.string().nullable(),
  /** In the support desk's own tool; null without a ticket or a template. */
  ticketUrl: z.string().nullable(),
  createdAt: instant,
  /** Null for a back end, and for somebody who is no member any more. */
  createdBy: z.string().nullable(),
  expiresAt: instant,
  openedAt: instant.nullable(),
  consentedAt: instant.nullable(),
  exchangedAt: instant.nullable(),
  verifiedAt: instant.nullable(),
  endedAt: instant.nullable(),
})
export type LinkSummary = z.infer<typeof linkSummarySchema>

export const linkDetailSchema = linkSummarySchema.extend({
  /** The phone code that was made last; the code itself is shown once. */
  phoneCode: z.object({ expiresAt: instant, usedAt: instant.nullable() }).nullable(),
  /** The last walk through the consent flow. */
  authorizationId: z.uuid().nullable(),
  exchangeMs: z.number().nullable(),
  difference: differenceSchema.nullable(),
  /** The property that consented instead of the right one, in the last walk. */
  found: coveredSchema.extend({ quarantineId: z.uuid() }).nullable(),
  successUrl: z.string().nullable(),
  errorUrl: z.string().nullable(),
  /** The mail of ours that brought it last; null for a link that went another way. */
  mail: z.object({ state: z.enum(MAIL_STATES), failure: z.string().nullable() }).nullable(),
})
export type LinkDetail = z.infer<typeof linkDetailSchema>

/** A message to the recipient in one language, with the link in it. */
const messageSchema = z.object({ language: languageSchema, subject: z.string(), text: z.string() })

export const phoneCodeSchema = z.object({
  /** Two groups of four, as it is read aloud. */
  code: z.string(),
  /** Where it is typed. */
  address: z.string(),
  expiresAt: instant,
})
export type ShownPhoneCode = z.infer<typeof phoneCodeSchema>

/** What a person gets to see once: the address itself, its phone code, and messages that hold it. */
export const madeLinkSchema = z.object({
  link: linkDetailSchema,
  url: z.string(),
  phoneCode: phoneCodeSchema,
  messages: z.array(messageSchema),
  /** Whom our own mail goes to; null when none was asked for. Without a mail server it goes no further than a folder. */
  mailed: z.object({ to: z.string(), goesOut: z.boolean() }).nullable(),
})
export type MadeLink = z.infer<typeof madeLinkSchema>

const recipient = {
  recipientName: plainText(120).optional(),
  recipientEmail: z.email().max(254).optional(),
  language: languageSchema,
  reason: plainText(300).optional(),
  ticket: plainText(80).optional(),
  life: linkLifeSchema,
  /** With `mail` it goes to the recipient's address by our own mail. */
  send: z.literal('mail').optional(),
}

/** Makes a link for each connection; those that no hotelier can help are named instead. */
export const createReconnectLinks = defineWrite({
  method: 'POST',
  path: '/api/links/reconnect',
  body: z.strictObject({ connectionIds: z.array(id).min(1).max(MOST_LINKS_AT_ONCE), ...recipient }),
  output: z.object({
    made: z.array(madeLinkSchema),
    /** Connections that got none, each with the reason: by a quota, an outage or our own secret no customer can help. */
    refused: z.array(z.object({ connectionId: z.uuid(), name: z.string(), code: z.enum(['hotelier_cannot_help', 'link_needs_callback']) })),
  }),
  permission: 'links:send',
  audit: 'link.created',
})
export type CreatedReconnectLinks = z.infer<typeof createReconnectLinks.output>

/** Octorate's id, as Octorate spells it. */
export const propertyIdSchema = z.string().regex(/^[\x21-\x7e]{1,100}$/)

export const createConnectLink = defineWrite({
  method: 'POST',
  path: '/api/links/connect',
  body: z.strictObject({
    apiClientId: id,
    propertyId: propertyIdSchema.optional(),
    ...recipient,
    /** Each exactly as it stands among the API client's return addresses. */
    successUrl: z.string().max(2_000).optional(),
    errorUrl: z.string().max(2_000).optional(),
  }),
  output: madeLinkSchema,
  permission: 'links:send',
  audit: 'link.created',
})

/** Query of the list, the same in the page's address and in the request. */
export const linkQuerySchema = z.strictObject({
  /** Part of a property's name, its id, a recipient or a ticket. */
  q: z.string().trim().max(100).optional(),
  /** `open` are those that may still move. */
  state: z.enum(['open', ...LINK_STATES]).optional(),
  kind: z.enum(LINK_KINDS).optional(),
  connection: z.uuid().optional(),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
})
export type LinkQuery = z.infer<typeof linkQuerySchema>

export const linkPageSchema = z.object({
  items: z.array(linkSummarySchema),
  page: z.number().int(),
  hasNext: z.boolean(),
  /** Links that match, on all pages. */
  total: z.number().int(),
  /** Whether the organization has ever made one. */
  hasAny: z.boolean(),
})
export type LinkPage = z.infer<typeof linkPageSchema>

export const listLinks = defineRead({ path: '/api/links', query: linkQuerySchema, output: linkPageSchema, permission: 'links:send' })

export const getLink = defineRead({ path: '/api/links/:id', params: idParams, output: linkDetailSchema, permission: 'links:send' })

export const revokeLink = defineWrite({
  method: 'POST',
  path: '/api/links/:id/revoke',
  params: idParams,
  output: linkDetailSchema,
  permission: 'links:send',
  audit: 'link.revoked',
})

/** A new phone code for a link that nobody opened yet; the one before ends. */
export const makePhoneCode = defineWrite({
  method: 'POST',
  path: '/api/links/:id/phone-code',
  params: idParams,
  output: phoneCodeSchema,
  permission: 'links:send',
  audit: 'link.code_made',
})

export const linkSettingsSchema = z.object({ ticketUrl: z.string().nullable() })
export type LinkSettings = z.infer<typeof linkSettingsSchema>

export const getLinkSettings = defineRead({ path: '/api/link-settings', output: linkSettingsSchema, permission: 'links:send' })

export const changeLinkSettings = defineWrite({
  method: 'PATCH',
  path: '/api/link-settings',
  body: z.strictObject({ ticketUrl: z.string().max(500).refine(isTicketUrl).nullable() }),
  output: linkSettingsSchema,
  permission: 'links:configure',
  audit: 'link_settings.changed',
})
