import { randomUUID } from 'node:crypto'
import type { Maker, TestOrganization } from './make-organization'

type Owned = Pick<TestOrganization, 'id' | 'people'>

interface Wishes {
  readonly kind?: 'real' | 'drill'
  readonly summary?: string
}

/** An incident that is worked on, made by data; another of its kind is over by then, and nothing stands frozen. */
export async function plantIncident({ sql }: Pick<Maker, 'sql'>, { id: organizationId, people }: Owned, given: Wishes = {}): Promise<string> {
  const { kind = 'drill', summary = 'A laptop with keys was stolen' } = given
  const id = randomUUID()
  await sql.query('UPDATE freezes SET lifted_at = now() WHERE organization_id = $1 AND lifted_at IS NULL', [organizationId])
  await sql.query("UPDATE incidents SET closed_at = now() WHERE organization_id = $1 AND kind = $2 AND closed_at IS NULL", [organizationId, kind])
  await sql.query('INSERT INTO incidents (id, organization_id, kind, summary, opened_by_user_id, opened_at) VALUES ($1, $2, $3, $4, $5, now())', [
    id, organizationId, kind, summary, people.owner.id,
  ])
  return id
}

/** A connection whose hand-outs are frozen, made by data. @returns id of the freeze */
export async function plantFreeze({ sql }: Pick<Maker, 'sql'>, { id: organizationId, people }: Owned, connectionId: string): Promise<string> {
  const id = randomUUID()
  await sql.query(
    `INSERT INTO freezes (id, organization_id, target_kind, target_id, reason, frozen_by_user_id, frozen_at)
     VALUES ($1, $2, 'connection', $3, 'A key was seen in a screenshot', $4, now())`,
    [id, organizationId, connectionId, people.owner.id],
  )
  return id
}
