import { randomUUID } from 'node:crypto'
import type { Maker, TestOrganization } from '@/tests/make-organization'
import { plantConnections } from './plant-connections'

/** Where a recipient stands, as data can say it; each with what its link and its mail tell. */
const STATES = {
  connected: { link: 'verified', mail: 'sent' },
  consented: { link: 'consented', mail: 'sent' },
  opened: { link: 'opened', mail: 'sent' },
  mailed: { link: 'created', mail: 'sent' },
  bounced: { link: 'created', mail: 'bounced' },
  refused: { link: 'refused', mail: 'sent' },
  wrong_property: { link: 'wrong_property', mail: 'sent' },
  failed: { link: 'failed', mail: 'sent' },
  no_address: { link: 'created', mail: null },
} as const
type State = keyof typeof STATES

const PEOPLE = ['Marco Bianchi', 'Giulia Rossi', 'Hans Becker', 'Claire Martin', 'Carmen Ruiz', 'Ana Silva']

/** A campaign whose recipients stand in these states, made by data: no mail of it is ever due, so that it stays as it is. */
export async function plantCampaign(
  maker: Pick<Maker, 'sql' | 'keys'>,
  organization: TestOrganization,
  { name, states }: { readonly name: string; readonly states: Partial<Readonly<Record<State, number>>> },
): Promise<string> {
  const { sql } = maker
  const id = randomUUID()
  const kinds = Object.entries(states).flatMap(([state, count]) => Array.from({ length: count }, () => state as State))
  const connections = await plantConnections(maker, organization, kinds.map((state, index) => ({
    name: `Hotel Miramare ${index + 1}`, upstreamId: String(720_000 + index), ...(state === 'connected' ? {} : { state: 'reconnect_required' as const }),
  })))
  await sql.query(
    `INSERT INTO campaigns (id, organization_id, name, reason, ticket, language, life, channel, created_by_user_id, created_at)
     VALUES ($1, $2, $3, 'Octorate cancelled every grant on Monday', 'T-4712', 'it', '7d', 'mail', $4, now() - interval '1 hour')`,
    [id, organization.id, name, organization.people.owner.id],
  )
  const rows = kinds.map((state, index) => ({
    ...STATES[state], recipient: randomUUID(), connection: connections[index], mailId: randomUUID(), digest: randomUUID(),
    person: PEOPLE[index % PEOPLE.length], address: state === 'no_address' ? null : `reception-${index + 1}@miramare.example`, phone: `+39 06 555 ${String(1_000 + index)}`,
    failure: state === 'failed' ? 'upstream_timeout' : null, isWalked: STATES[state].link !== 'created',
  }))
  for (const statement of [RECIPIENTS, MAILS, LINKS]) await sql.query(statement, [JSON.stringify(rows), organization.id, id, organization.apiClient.id])
  await sql.query(
    `UPDATE connections k SET contact_name = p.person, contact_email = p.address, contact_phone = p.phone, contact_language = 'it'
     FROM jsonb_to_recordset($1::jsonb) AS p (connection uuid, person text, address text, phone text) WHERE k.id = p.connection`,
    [JSON.stringify(rows)],
  )
  return id
}

const FROM_ROWS = `FROM jsonb_to_recordset($1::jsonb) AS p (recipient uuid, connection uuid, "mailId" uuid, digest text, link link_state, mail text,
  person text, address text, failure text, "isWalked" boolean), (SELECT $2::uuid AS organization, $3::uuid AS campaign, $4::uuid AS client) AS given`

const RECIPIENTS = `
  INSERT INTO campaign_recipients (id, organization_id, campaign_id, connection_id, mails, first_mail_at, last_mail_at)
  SELECT recipient, organization, campaign, connection, CASE WHEN address IS NULL THEN 0 ELSE 1 END,
    CASE WHEN address IS NULL THEN NULL ELSE now() - interval '58 minutes' END, CASE WHEN address IS NULL THEN NULL ELSE now() - interval '58 minutes' END
  ${FROM_ROWS}`

const MAILS = `
  INSERT INTO mails (id, organization_id, recipient, subject, kind, body_sealed, state, tries, next_try_at, failure, created_at, settled_at)
  SELECT "mailId", organization, address, 'Reconnect your property', 'campaign', NULL, mail::mail_state, 1, now(),
    CASE WHEN mail = 'bounced' THEN '550 5.1.1' END, now() - interval '58 minutes', now() - interval '57 minutes'
  ${FROM_ROWS} WHERE address IS NOT NULL`

const LINKS = `
  INSERT INTO links (id, organization_id, api_client_id, kind, connection_id, token_digest, language, ticket, state, failure, created_by_user_id,
    created_at, expires_at, opened_at, verified_at, recipient_id, mail_id, recipient_email)
  SELECT gen_random_uuid(), organization, client, 'reconnect', connection, digest, 'it', 'T-4712', link, failure, NULL,
    now() - interval '58 minutes', now() + interval '6 days', CASE WHEN "isWalked" THEN now() - interval '20 minutes' END,
    CASE WHEN link = 'verified' THEN now() - interval '10 minutes' END, recipient, CASE WHEN address IS NOT NULL THEN "mailId" END, address
  ${FROM_ROWS}`
