import 'server-only'
import { callersWaitMs } from '../database/callers-wait-ms'
import { inGroups } from '../database/in-groups'
import { AppError } from '../http/app-error'
import { getRuntime, once } from '../runtime'
import type { MachineCaller } from './machine-caller'

type Asked = Pick<MachineCaller, 'keyId' | 'organizationId'>

const SQL = `SELECT wanted.n::int FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS wanted (id, organization_id, n)
  JOIN machine_keys k ON k.id = wanted.id AND k.organization_id = wanted.organization_id
    AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > $3)`

/**
 * For a call that waited for Octorate after its key was checked: the key may have been revoked meanwhile, and must not
 * get by its patience what it would not get by asking again.
 *
 * @throws AppError `machine_key_invalid` when it is revoked or expired by now.
 */
export async function requireLivingKey({ keyId, organizationId }: Asked): Promise<void> {
  const isLiving = await once('living machine keys', () => inGroups(query, { atOnce: 2, most: 500, waitMs: callersWaitMs }))({ keyId, organizationId })
  if (!isLiving) throw new AppError('machine_key_invalid')
}

async function query(asked: readonly Asked[]): Promise<boolean[]> {
  const values = [asked.map(({ keyId }) => keyId), asked.map(({ organizationId }) => organizationId), getRuntime().clock()]
  const { rows } = await getRuntime().pool.query<[number]>({ name: 'living-machine-keys', text: SQL, values, rowMode: 'array' })
  const living = new Set(rows.map(([n]) => n))
  return asked.map((_, index) => living.has(index + 1))
}
