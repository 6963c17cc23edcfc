import { scenarios } from './scenarios'
import { withCluster, type RigParts } from './with-cluster'

/**
 * Runs one scenario and prints its figures as one line of JSON.
 *
 * @returns whether everything held.
 */
export async function runScenario(name: string, { profile, isPooled }: { profile: 'small' | 'full'; isPooled: boolean }): Promise<boolean> {
  const scenario = scenarios[name]
  if (!scenario) throw new Error(`there is no scenario ${name}: ${Object.keys(scenarios).join(', ')}`)
  const run = async (parts: RigParts) => {
    const startedAt = performance.now()
    const { figures, faults, skipped } = await scenario({ ...parts, profile, say: (line) => process.stderr.write(`${line}\n`) })
    const seconds = Math.round((performance.now() - startedAt) / 1000)
    process.stdout.write(`${JSON.stringify({ rig: name, profile, ...(isPooled && { through: 'pgbouncer' }), at: new Date().toISOString(), seconds, ...figures, ...(skipped && { skipped }), faults })}\n`)
    return faults.length === 0 && !skipped
  }
  return withCluster(run, { isPooled })
}
