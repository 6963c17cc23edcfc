import { HOTELIER_LANGUAGES } from '@/lib/links/languages'
import { isUuid } from '@/lib/ids'
import { CAMPAIGN_LIVES } from '@/lib/campaigns/campaign-life'
import { RECIPIENT_STATES } from '@/lib/campaigns/recipient-state'
import { connectionCauseSchema, connectionQuerySchema } from './connections'
import { contactSchema } from './contacts'
import { defineRead, defineWrite } from './define-endpoint'
import { languageSchema, phoneCodeSchema } from './links'
import { plainText } from './plain-text'
import { z } from './zod'

const instant = z.iso.datetime()
const id = z.uuid().refine(isUuid)
const idParams = z.strictObject({ id })
const permission = 'campaigns:run'

/** More are asked in several campaigns. */
export const MOST_RECIPIENTS = 2_000

/** `mail`: our own mail, with reminders. `csv`: a file of links and messages, to be sent by whatever the organization has. */
export const CAMPAIGN_CHANNELS = ['mail', 'csv'] as const
export type CampaignChannel = (typeof CAMPAIGN_CHANNELS)[number]

/** `finished`: nothing of it can move by itself any more. */
export const CAMPAIGN_STATES = ['running', 'finished', 'stopped'] as const

/**
 * Why a chosen connection is not asked: no customer can help it now, its hotelier could not come back to this server, somebody
 * disconnected it and it was not chosen by itself, or it is asked by another campaign.
 */
export const LEFT_OUT_REASONS = ['hotelier_cannot_help', 'link_needs_callback', 'disconnected', 'in_other_campaign'] as const
export type LeftOutReason = (typeof LEFT_OUT_REASONS)[number]

/** Why somebody has to be called. */
export const PHONE_REASONS = ['no_address', 'bounced', 'no_answer'] as const

/** Connections by their ids, or all that the filters of their list find. */
const selection = z.union([
  z.strictObject({ connectionIds: z.array(id).min(1).max(MOST_RECIPIENTS) }),
  z.strictObject({ filter: connectionQuerySchema.pick({ q: true, status: true, bucket: true, apiClient: true }) }),
])
export type CampaignSelection = z.infer<typeof selection>

const coveredSchema = z.object({ id: z.uuid(), name: z.string(), upstreamId: z.string() })

export const leftOutSchema = z.object({
  connection: coveredSchema,
  reason: z.enum(LEFT_OUT_REASONS),
  /** With `hotelier_cannot_help`: why its refresh fails; null when Octorate refuses the API client. */
  cause: connectionCauseSchema.nullable(),
})
export type LeftOut = z.infer<typeof leftOutSchema>

/** How many recipients stand where; together they are `total`. */
const countsSchema = z.object(Object.fromEntries(RECIPIENT_STATES.map((state) => [state, z.number().int()])) as { [S in (typeof RECIPIENT_STATES)[number]]: z.ZodNumber })
export type RecipientCounts = z.infer<typeof countsSchema>

export const campaignSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  reason: z.string().nullable(),
  ticket: z.string().nullable(),
  /** In the support desk's own tool; null without a ticket or a template. */
  ticketUrl: z.string().nullable(),
  /** For those whose contact names no language. */
  language: languageSchema,
  life: z.enum(CAMPAIGN_LIVES),
  channel: z.enum(CAMPAIGN_CHANNELS),
  state: z.enum(CAMPAIGN_STATES),
  /** Recipients; those left out are not among them. */
  total: z.number().int(),
  counts: countsSchema,
  leftOut: z.number().int(),
  /** Recipients on the phone list. */
  toCall: z.number().int(),
  /** When the next mail is due; null when none is planned. */
  nextMailAt: instant.nullable(),
  /** When the file with the links was taken; null for a campaign by mail, and until then. */
  fileTakenAt: instant.nullable(),
  createdAt: instant,
  /** Null for somebody who is no member any more. */
  createdBy: z.string().nullable(),
  stoppedAt: instant.nullable(),
  stoppedBy: z.string().nullable(),
})
export type Campaign = z.infer<typeof campaignSchema>

export const campaignDetailSchema = campaignSchema.extend({ leftOutConnections: z.array(leftOutSchema) })
export type CampaignDetail = z.infer<typeof campaignDetailSchema>

export const campaignQuerySchema = z.strictObject({ page: z.coerce.number().int().min(1).max(10_000).default(1) })
export type CampaignQuery = z.infer<typeof campaignQuerySchema>

export const campaignPageSchema = z.object({
  items: z.array(campaignSchema),
  page: z.number().int(),
  hasNext: z.boolean(),
  total: z.number().int(),
  /** Whether mails go out, or are only written into a folder. */
  sendsMail: z.boolean(),
})
export type CampaignPage = z.infer<typeof campaignPageSchema>

export const listCampaigns = defineRead({ path: '/api/campaigns', query: campaignQuerySchema, output: campaignPageSchema, permission })

export const campaignCheckSchema = z.object({
  /** Connections that were chosen. */
  chosen: z.number().int(),
  /** Of them, how many would be asked. */
  total: z.number().int(),
  /** Of those who would be asked, how many have no mail address: they fall to the phone list. */
  withoutAddress: z.number().int(),
  leftOut: z.array(leftOutSchema),
  sendsMail: z.boolean(),
})
export type CampaignCheck = z.infer<typeof campaignCheckSchema>

/** Whom a campaign would ask, before anything is sent. */
export const checkCampaign = defineWrite({
  method: 'POST',
  path: '/api/campaigns/check',
  body: z.strictObject({ selection }),
  output: campaignCheckSchema,
  permission,
  audit: { none: 'reads only; a body because hundreds of ids fit no address' },
})

export const startCampaign = defineWrite({
  method: 'POST',
  path: '/api/campaigns',
  body: z.strictObject({
    selection,
    name: plainText(120),
    reason: plainText(300).optional(),
    ticket: plainText(80).optional(),
    language: z.enum(HOTELIER_LANGUAGES),
    life: z.enum(CAMPAIGN_LIVES),
    channel: z.enum(CAMPAIGN_CHANNELS),
  }),
  output: campaignDetailSchema,
  permission,
  audit: 'campaign.started',
})

export const getCampaign = defineRead({ path: '/api/campaigns/:id', params: idParams, output: campaignDetailSchema, permission })

/** Ends the links that nobody opened yet, and the reminders. Whoever has opened theirs may finish. */
export const stopCampaign = defineWrite({
  method: 'POST', path: '/api/campaigns/:id/stop', params: idParams, output: campaignDetailSchema, permission, audit: 'campaign.stopped',
})

const fileSchema = z.object({ fileName: z.string(), text: z.string() })

/** The links and messages of a campaign by file: made now, and shown this once. */
export const takeCampaignFile = defineWrite({
  method: 'POST', path: '/api/campaigns/:id/file', params: idParams, output: fileSchema, permission, audit: 'campaign.file_taken',
})

export const recipientSchema = z.object({
  id: z.uuid(),
  connection: coveredSchema,
  contact: contactSchema,
  state: z.enum(RECIPIENT_STATES),
  /** Code of contracts/errors.ts, of the last walk that did not end in a connection. */
  failure: z.string().nullable(),
  /** The link as it stands now; null until there is one. */
  linkId: z.uuid().nullable(),
  /** Mails that went out, the reminders among them. */
  mails: z.number().int(),
  lastMailAt: instant.nullable(),
  /** When they are reminded; null when they are not. */
  nextMailAt: instant.nullable(),
  /** What the mail server said of the last mail: its number or our code; null when nothing was wrong. */
  mailFailure: z.string().nullable(),
})
export type Recipient = z.infer<typeof recipientSchema>

/** Query of the recipients, the same in the page's address and in the request. */
export const recipientQuerySchema = z.strictObject({
  state: z.enum(RECIPIENT_STATES).optional(),
  /** Part of a property's name, of its id, or of the contact's name or mail address. */
  q: z.string().trim().max(100).optional(),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
})
export type RecipientQuery = z.infer<typeof recipientQuerySchema>

export const recipientPageSchema = z.object({
  items: z.array(recipientSchema),
  page: z.number().int(),
  hasNext: z.boolean(),
  /** Recipients that match, on all pages. */
  total: z.number().int(),
})
export type RecipientPage = z.infer<typeof recipientPageSchema>

export const listRecipients = defineRead({
  path: '/api/campaigns/:id/recipients', params: idParams, query: recipientQuerySchema, output: recipientPageSchema, permission,
})

/** A recipient's phone code, as it is read aloud: of their link if nobody opened it, else of a new one. */
export const makeRecipientCode = defineWrite({
  method: 'POST',
  path: '/api/campaigns/:id/recipients/:recipientId/phone-code',
  params: z.strictObject({ id, recipientId: id }),
  output: z.object({ linkId: z.uuid(), phoneCode: phoneCodeSchema }),
  permission,
  audit: 'link.code_made',
})

export const callSchema = z.object({
  recipientId: z.uuid(),
  connection: coveredSchema,
  contact: contactSchema,
  reason: z.enum(PHONE_REASONS),
  linkId: z.uuid().nullable(),
})
export type Call = z.infer<typeof callSchema>

/** Those who did not answer: whole, by name. */
export const getPhoneList = defineRead({
  path: '/api/campaigns/:id/phone-list', params: idParams, output: z.object({ items: z.array(callSchema) }), permission,
})

/** The same as CSV, without links and codes. */
export const exportPhoneList = defineRead({ path: '/api/campaigns/:id/phone-list/export', params: idParams, output: fileSchema, permission })
