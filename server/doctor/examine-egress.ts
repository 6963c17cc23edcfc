import { networkInterfaces } from 'node:os'
import type { ClientBase } from 'pg'
import { canonicalBlock } from '@/lib/net/canonical-block'
import { isPublicAddress } from '@/lib/net/is-public-address'
import { makeAddressMatcher } from '@/lib/net/make-address-matcher'
import { about, type Finding } from './finding'

interface Row {
  readonly name: string
  readonly blocks: string[]
  readonly outcome: string | null
  readonly at: Date | null
}

interface Asked {
  readonly organizationId: string | null
  /** IPv4 addresses of this machine that the internet may see it by. */
  readonly own?: readonly string[]
}

/**
 * Whether Octorate lets this machine in where an IP whitelist is kept: by what it last answered to this server, for behind a
 * router nobody sees from here which address others see.
 */
export async function examineEgress(client: ClientBase, { organizationId, own = ownAddresses() }: Asked): Promise<Finding[]> {
  const { rows } = await client.query<Row>(
    `SELECT a.name, array_agg(e.block) AS blocks, v.outcome, v.at
     FROM api_clients a JOIN address_lists l ON l.api_client_id = a.id JOIN address_entries e ON e.list_id = l.id AND (e.expires_at IS NULL OR e.expires_at > now())
     LEFT JOIN LATERAL (
       SELECT outcome::text AS outcome, at FROM whitelist_verifications w WHERE w.list_id = l.id AND w.machine_key_id IS NULL ORDER BY at DESC LIMIT 1
     ) v ON true
     WHERE a.deleted_at IS NULL AND ($1::uuid IS NULL OR a.organization_id = $1) GROUP BY a.id, a.name, v.outcome, v.at ORDER BY a.name`,
    [organizationId],
  )
  if (rows.length === 0) return [about('egress', 'Egress address').ok('No IP whitelist is kept, so it does not matter from which address Octorate is called.')]
  return rows.map((row) => examineList(row, own))
}

function examineList({ name, blocks, outcome, at }: Row, own: readonly string[]): Finding {
  const subject = `Egress address for ${name}`
  const matcher = makeAddressMatcher(blocks.map(canonicalBlock))
  const missing = own.filter((address) => !matcher.has(address))
  const when = at?.toISOString().slice(0, 16).replace('T', ' ') ?? ''
  if (outcome === 'refused') return about('egress', subject).problem(`Octorate refused this server on ${when} UTC.`, 'Look which address it calls from (keyrack egress), and ask Octorate to let it in.')
  if (missing.length > 0) return about('egress', subject).warning(`${missing.join(', ')} of this machine is not on the list.`, 'Add it on the page of the IP whitelist if Octorate is called from it.')
  if (outcome === 'allowed') return about('egress', subject).ok(`Octorate let this server in on ${when} UTC.`)
  return about('egress', subject).warning('Nobody has proven that Octorate lets this server in.', 'Verify it on the page of the IP whitelist.')
}

function ownAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((addresses) =>
    (addresses ?? []).filter(({ family, internal, address }) => family === 'IPv4' && !internal && isPublicAddress(address)).map(({ address }) => address),
  )
}
