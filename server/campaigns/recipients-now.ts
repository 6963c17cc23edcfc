import 'server-only'
import type { PHONE_REASONS } from '@/contracts/campaigns'
import type { RecipientState } from '@/lib/campaigns/recipient-state'
import { Prisma, type ConnectionState, type LinkState, type MailState } from '../generated/prisma/client'

/** A recipient as it stands at an instant. */
export interface RecipientNow {
  readonly id: string
  readonly organizationId: string
  readonly campaignId: string
  readonly connectionId: string
  readonly mails: number
  readonly firstMailAt: Date | null
  readonly lastMailAt: Date | null
  readonly nextMailAt: Date | null
  readonly name: string
  readonly identity: string
  readonly connectionState: ConnectionState
  readonly connectionCause: string | null
  readonly contactName: string | null
  readonly contactEmail: string | null
  readonly contactPhone: string | null
  readonly contactLanguage: string | null
  readonly linkId: string | null
  readonly linkState: LinkState | null
  readonly linkExpiresAt: Date | null
  readonly failure: string | null
  readonly mailState: MailState | null
  readonly mailFailure: string | null
  /** Whom the last mail went to. */
  readonly mailedTo: string | null
  readonly state: RecipientState
  /** Whether it may still move without anybody doing anything here. */
  readonly mayMove: boolean
  readonly callReason: (typeof PHONE_REASONS)[number] | null
}

const DAY_MS = 24 * 60 * 60_000
/** So long after the last reminder, or after a file was taken, somebody is called. */
const SILENT_MS = { mail: DAY_MS, csv: 3 * DAY_MS } as const

/**
 * Recipients of campaigns as they stand now, as a subquery. Their state is read off their last link, the mail that brought
 * it and the connection, and is stored nowhere. Whoever consented by another way since the campaign began is connected too.
 */
export function recipientsNow(where: Prisma.Sql, now: Date): Prisma.Sql {
  const before = (ms: number) => new Date(now.getTime() - ms)
  return Prisma.sql`(
    SELECT found.*,
      found.state <> 'connected' AND found.stopped_at IS NULL AND (
        found."linkId" IS NULL OR (found."linkExpiresAt" > ${now} AND found."linkState" <> 'revoked')
        OR (found."nextMailAt" IS NOT NULL AND found.mails > 0)
      ) AS "mayMove",
      CASE
        WHEN found.stopped_at IS NOT NULL THEN NULL
        WHEN found.state IN ('no_address', 'bounced') THEN found.state
        WHEN found.channel = 'mail' AND found.state IN ('mailed', 'expired') AND found."nextMailAt" IS NULL
          AND found."lastMailAt" <= ${before(SILENT_MS.mail)} THEN 'no_answer'
        WHEN found.channel = 'csv' AND found.state IN ('waiting', 'expired') AND found.file_taken_at <= ${before(SILENT_MS.csv)} THEN 'no_answer'
      END AS "callReason"
    FROM (
      SELECT r.id, r.organization_id AS "organizationId", r.campaign_id AS "campaignId", r.connection_id AS "connectionId", r.mails,
        r.first_mail_at AS "firstMailAt", r.last_mail_at AS "lastMailAt", r.next_mail_at AS "nextMailAt",
        k.name, k.identity, k.state AS "connectionState", k.cause AS "connectionCause", k.contact_name AS "contactName", k.contact_email AS "contactEmail",
        k.contact_phone AS "contactPhone", k.contact_language AS "contactLanguage",
        l.id AS "linkId", l.state AS "linkState", l.expires_at AS "linkExpiresAt", l.failure,
        m.state AS "mailState", m.failure AS "mailFailure", m.recipient AS "mailedTo",
        c.channel, c.stopped_at, c.file_taken_at,
        CASE
          WHEN EXISTS (SELECT 1 FROM links v WHERE v.connection_id = r.connection_id AND v.state = 'verified' AND v.verified_at >= c.created_at)
            OR EXISTS (SELECT 1 FROM token_lineage t WHERE t.connection_id = r.connection_id AND t.origin = 'code' AND t.at > c.created_at)
            THEN 'connected'
          WHEN l.state IN ('consented', 'exchanged') THEN 'consented'
          WHEN l.state IN ('wrong_property', 'refused', 'failed') THEN l.state::text
          WHEN l.opened_at IS NULL AND m.state IN ('bounced', 'failed') THEN 'bounced'
          WHEN l.opened_at IS NULL AND c.channel = 'mail' AND r.mails = 0 AND k.contact_email IS NULL THEN 'no_address'
          WHEN l.state = 'revoked' OR (l.id IS NULL AND c.stopped_at IS NOT NULL) THEN 'stopped'
          WHEN l.expires_at <= ${now} THEN 'expired'
          WHEN l.state = 'opened' THEN 'opened'
          WHEN m.state IN ('sent', 'written') OR (m.id IS NULL AND r.mails > 0) THEN 'mailed'
          ELSE 'waiting'
        END AS state
      FROM campaign_recipients r
      JOIN campaigns c ON c.id = r.campaign_id
      JOIN connections k ON k.id = r.connection_id
      LEFT JOIN LATERAL (SELECT * FROM links WHERE links.recipient_id = r.id ORDER BY links.created_at DESC, links.id DESC LIMIT 1) l ON true
      LEFT JOIN mails m ON m.id = l.mail_id
      WHERE r.left_out IS NULL AND ${where}
    ) found
  )`
}
