import { scenarios } from './scenarios'
import { withCluster } from './with-cluster'

/**
 * Runs one scenario and prints its figures as one line of JSON.
 *
 * @returns whether everything held.
 */
export async function runScenario(name: string, profile: 'small' | 'full'): Promise<boolean> {
  const scenario = scenarios[name]
  if (!scenario) throw new Error(`there is no scenario ${name}: ${Object.keys(scenarios).join(', ')}`)
  return withCluster(async ({ cluster, programs }) => {
    const startedAt = performance.now()
    const { figures, faults } = await scenario({ cluster, programs, profile, say: (line) => process.stderr.write(`${line}\n`) })
    const seconds = Math.round((performance.now() - startedAt) / 1000)
    process.stdout.write(`${JSON.stringify({ rig: name, profile, at: new Date().toISOString(), seconds, ...figures, faults })}\n`)
    return faults.length === 0
  })
}
