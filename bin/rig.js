#!/usr/bin/env node
// Runs one scenario of the fault rig and prints its figures as one line of JSON: `npm run rig -- kill --profile full`.
// Progress goes to the other channel.
import { parseArgs } from 'node:util'
import { withRig } from './load-rig.js'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { profile: { type: 'string', default: 'small' }, pgbouncer: { type: 'boolean', default: false } },
})
const [name] = positionals
if (!name || !['small', 'full'].includes(values.profile)) {
  console.error('usage: npm run rig -- NAME [--profile small|full] [--pgbouncer]')
  process.exit(2)
}

try {
  const holds = await withRig('tests/rig/main.ts', ({ runScenario }) => runScenario(name, { profile: values.profile, isPooled: values.pgbouncer }))
  process.exitCode = holds ? 0 : 1
} catch (error) {
  console.error(error)
  process.exitCode = 1
}
