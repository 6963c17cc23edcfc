import type { Maker, TestOrganization } from './make-organization'

/** So many alerts that people were told of, made by data: enough of them make the list scroll. */
export async function plantAlerts({ sql }: Pick<Maker, 'sql'>, { id: organizationId }: Pick<TestOrganization, 'id'>, count: number): Promise<void> {
  await sql.query(
    `INSERT INTO alerts (id, organization_id, type, about_kind, about_id, name, data, at, told_at, was_moot)
     SELECT gen_random_uuid(), $1, 'connection.reconnect_required', 'connection', gen_random_uuid()::text, 'Casa ' || number, '{}', now(), now(), false
     FROM generate_series(1, $2::int) number`,
    [organizationId, count],
  )
}
