import { startCluster, type Cluster } from '../cluster'
import { bundlePrograms, type Programs } from './bundle-programs'

/** For a dozen consoles. */
export const CONNECTIONS = 250

/** Bundles the programs and starts a PostgreSQL for `work`; both are gone afterwards, also when somebody interrupts. */
export async function withCluster<T>(work: (given: { readonly cluster: Cluster; readonly programs: Programs }) => Promise<T>): Promise<T> {
  const programs = await bundlePrograms()
  const cluster = await startCluster(CONNECTIONS)
  const cleanUp = async () => {
    await cluster.close()
    await programs.remove()
  }
  const interrupt = () => void cleanUp().finally(() => process.exit(130))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, interrupt)
  try {
    return await work({ cluster, programs })
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.removeListener(signal, interrupt)
    await cleanUp()
  }
}
