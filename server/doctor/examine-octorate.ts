import type { ClientBase } from 'pg'
import { about, type Finding } from './finding'

const MOST_DRIFT_MS = 30_000
const ADMIN_TOKEN_DAYS = 30

interface ApiClientRow {
  readonly id: string
  readonly name: string
  readonly callback: string
  readonly live: string[] | null
  readonly drifted: boolean
  readonly refused: boolean
  readonly admin_days: number | null
}

interface Asked {
  readonly publicUrl: string
  /** Whose API clients are looked at; null for everybody's. */
  readonly organizationId: string | null
}

/** What Octorate last said, from this installation's own traffic: nothing is sent. */
export async function examineOctorate(client: ClientBase, { publicUrl, organizationId }: Asked): Promise<Finding[]> {
  const { rows } = await client.query<ApiClientRow>(
    `SELECT c.id, c.name, coalesce(c.foreign_redirect_uri, $1 || '/oauth/callback/' || c.id) AS callback, l.redirect_uris AS live,
       l.drifted_at IS NOT NULL AS drifted, c.refused_at IS NOT NULL AS refused,
       (SELECT extract(day FROM max(expires_at) - now())::int FROM admin_tokens t WHERE t.api_client_id = c.id AND t.retired_at IS NULL) AS admin_days
     FROM api_clients c LEFT JOIN live_configurations l ON l.api_client_id = c.id WHERE c.deleted_at IS NULL AND ($2::uuid IS NULL OR c.organization_id = $2) ORDER BY c.name`,
    [publicUrl, organizationId],
  )
  if (rows.length === 0) return [await examineClock(client), about('redirect_uris', 'Redirect URIs').warning('No API client is registered.', 'Register one, or read its welcome mail with "keyrack xray".')]
  return [await examineClock(client), ...rows.flatMap((row) => [examineRedirectUri(row), ...examineTrust(row)])]
}

async function examineClock(client: ClientBase): Promise<Finding> {
  const { rows } = await client.query<{ drift: number }>('SELECT drift_ms AS drift FROM token_lineage WHERE drift_ms IS NOT NULL ORDER BY at DESC LIMIT 1')
  const drift = rows[0]?.drift
  if (drift === undefined) return about('clock', 'Clock').warning('Octorate has not answered yet, so its clock is unknown.', 'Connect a property.')
  const seconds = Math.round(drift / 1000)
  if (Math.abs(drift) > MOST_DRIFT_MS) return about('clock', 'Clock').problem(`Octorate's clock and ours are ${Math.abs(seconds)} s apart.`, 'Set this machine by NTP: a code lives for one minute.')
  return about('clock', 'Clock').ok(`${Math.abs(seconds)} s from Octorate's.`)
}

function examineRedirectUri({ name, callback, live, drifted }: ApiClientRow): Finding {
  const subject = `Redirect URI of ${name}`
  if (live === null) return about('redirect_uris', subject).warning('The list at Octorate was never read.', 'Open the page of its redirect URIs.')
  if (!live.includes(callback)) return about('redirect_uris', subject).problem(`${callback} is not on the list at Octorate: every consent ends in an error there.`, 'Register it on the page of the redirect URIs.')
  if (drifted) return about('redirect_uris', subject).warning('Somebody else changed the list at Octorate.', 'Look at the difference on the page of the redirect URIs.')
  return about('redirect_uris', subject).ok(`${callback} is on the list at Octorate.`)
}

function examineTrust({ name, refused, admin_days: days }: ApiClientRow): Finding[] {
  const subject = `Credentials of ${name}`
  if (refused) return [about('secrets', subject).problem('Octorate refuses client id and secret.', 'Enter the present secret on the page of the API client.')]
  if (days !== null && days < ADMIN_TOKEN_DAYS) return [about('secrets', subject).warning(`The admin token ends in ${days} days.`, 'Log in again on the page of the admin tokens.')]
  return [about('secrets', subject).ok(days === null ? 'Not refused; no admin token is held.' : `Not refused; the admin token lives for ${days} days.`)]
}
