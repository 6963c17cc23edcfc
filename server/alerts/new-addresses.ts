import 'server-only'
import type { Transaction } from '../db'
import { announce } from '../events/announce'
import { Prisma } from '../generated/prisma/client'

/** A hand-out is visible to others a moment after it was dated. */
const NEWS_WITHIN_MS = 10 * 60_000

interface Origin {
  readonly machine_key_id: string
  readonly address: string
  readonly first_at: Date
  /** Whether the key was known from elsewhere before: its very first address is no news. */
  readonly is_news: boolean
}

/** Announces addresses that a machine key was handed tokens at for the first time, unless it is the key's first at all. */
export async function tellNewAddresses(tx: Transaction, now: Date): Promise<boolean> {
  const origins = await tx.$queryRaw<Origin[]>`
    INSERT INTO known_key_addresses (machine_key_id, address, first_at)
    SELECT machine_key_id, address, min(first_at) FROM hand_out_origins o
    WHERE ${isFresh(now)}
    GROUP BY machine_key_id, address
    ON CONFLICT DO NOTHING
    RETURNING machine_key_id, address, first_at,
      EXISTS (SELECT 1 FROM known_key_addresses known WHERE known.machine_key_id = known_key_addresses.machine_key_id) AS is_news`
  const news = origins.filter(({ is_news: isNews }) => isNews)
  if (news.length === 0) return false
  const keys = await tx.machineKey.findMany({ where: { id: { in: news.map(({ machine_key_id: id }) => id) } } })
  const byId = new Map(keys.map((key) => [key.id, key]))
  await announce(
    tx,
    news.flatMap(({ machine_key_id: id, address, first_at: at }) => {
      const key = byId.get(id)
      if (!key) return []
      const { organizationId, name, environment, last4 } = key
      return [{
        type: 'machine_key.new_address' as const, organizationId, name, at,
        about: { kind: 'machine_key', id },
        data: { machineKey: { id, name, environment, last4 }, address },
      }]
    }),
  )
  return false
}

/** Whether there are any. */
export function anyNewAddress(now: Date): Prisma.Sql {
  return Prisma.sql`EXISTS (
    SELECT 1 FROM hand_out_origins o WHERE ${isFresh(now)}
      AND NOT EXISTS (SELECT 1 FROM known_key_addresses known WHERE known.machine_key_id = o.machine_key_id AND known.address = o.address)
  )`
}

function isFresh(now: Date): Prisma.Sql {
  return Prisma.sql`o.first_at > ${new Date(now.getTime() - NEWS_WITHIN_MS)}`
}
