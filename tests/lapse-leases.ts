import type { Rig } from './runtime'

/** Lets half a minute pass for every lease: they are timed by the database's clock, which no test moves. */
export async function lapseLeases({ database }: Pick<Rig, 'database'>): Promise<void> {
  await database.sql('UPDATE connections SET lease_until = clock_timestamp() WHERE lease_until IS NOT NULL')
}
