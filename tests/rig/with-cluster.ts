import { startCluster, type Cluster } from '../cluster'
import { bundlePrograms, type Programs } from './bundle-programs'
import { startPgbouncer, type Pgbouncer } from './start-pgbouncer'

/** For a dozen consoles. */
export const CONNECTIONS = 250

export interface RigParts {
  readonly cluster: Cluster
  readonly programs: Programs
}

/** Bundles the programs and starts a PostgreSQL for `work`; both are gone afterwards, also when somebody interrupts. */
export async function withCluster<T>(work: (given: RigParts) => Promise<T>, { isPooled = false } = {}): Promise<T> {
  const programs = await bundlePrograms()
  const cluster = await startCluster(CONNECTIONS)
  let pgbouncer: Pgbouncer | null = null
  const cleanUp = async () => {
    await pgbouncer?.stop()
    await cluster.close()
    await programs.remove()
  }
  const interrupt = () => void cleanUp().finally(() => process.exit(130))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, interrupt)
  try {
    if (isPooled) pgbouncer = await startPgbouncer(cluster.postgres.appUrl)
    return await work({ cluster: pgbouncer ? { ...cluster, pooler: pgbouncer } : cluster, programs })
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.removeListener(signal, interrupt)
    await cleanUp()
  }
}
