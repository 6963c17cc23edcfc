import { readFile } from 'node:fs/promises'
import { withRig } from '../bin/load-rig.js'
import { askBetterAuth } from './race/better-auth-callers.js'

/**
 * A hundred callers at once for one expired access token: how often the upstream is called, and how many go away without
 * a token. Keyrack in one process and in four over HTTP, better-auth in the process itself.
 */
export async function measureRace({ say }) {
  const { version } = JSON.parse(await readFile(new URL('node_modules/better-auth/package.json', import.meta.url), 'utf8'))
  const { callers, keyrack, peer } = await withRig('tests/rig/race.ts', (rig) => rig.measureRace({ peer: askBetterAuth, say }))
  return { command: 'npm run bench -- race', callers, keyrack, betterAuth: { version, processes: 1, outcomes: peer } }
}
