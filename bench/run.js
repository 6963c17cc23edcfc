#!/usr/bin/env node
// Runs one bench and prints its result as one line of JSON: `npm run bench -- connect`.
// Progress goes to the other channel, so that the line can be piped.
import { measureCidr } from './cidr.js'
import { measureAlerts } from './alerts.js'
import { measureConnect } from './connect.js'
import { measureFootprint } from './footprint.js'
import { measureHandout } from './handout.js'
import { measureMigration } from './migration.js'
import { measureKeyLookup } from './key-lookup.js'
import { measureRefresh } from './refresh.js'
import { measureRace } from './race.js'
import { measureRestore } from './restore.js'
import { measureRevoked } from './revoked.js'
import { measureRotate } from './rotate.js'
import { measureSandbox } from './sandbox.js'
import { measureSandboxConformance } from './sandbox-conformance.js'
import { measureScaling } from './scaling.js'
import { measureSetup } from './setup.js'
import { machine } from './support/machine.js'

const BENCHES = {
  cidr: measureCidr,
  alerts: measureAlerts,
  connect: measureConnect,
  footprint: measureFootprint,
  handout: measureHandout,
  'key-lookup': measureKeyLookup,
  refresh: measureRefresh,
  migration: measureMigration,
  scaling: measureScaling,
  setup: measureSetup,
  race: measureRace,
  restore: measureRestore,
  revoked: measureRevoked,
  rotate: measureRotate,
  sandbox: measureSandbox,
  'sandbox-conformance': measureSandboxConformance,
}

const [name = '', ...options] = process.argv.slice(2)
const measure = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined
if (!measure) {
  console.error(`usage: npm run bench -- ${Object.keys(BENCHES).join('|')}`)
  process.exit(2)
}

/** Whatever a bench starts or makes is undone in the reverse order, also after Ctrl-C. */
const undo = []
const cleanUp = async () => {
  for (const step of undo.splice(0).toReversed()) await step().catch((error) => console.error(error))
}
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void cleanUp().then(() => process.exit(130)))

try {
  const result = await measure({ options, defer: (step) => undo.push(step), say: (line) => console.error(line) })
  console.log(JSON.stringify({ bench: name, at: new Date().toISOString(), ...result, machine: machine() }))
} catch (error) {
  console.error(error)
  process.exitCode = 1
} finally {
  await cleanUp()
}
