#!/usr/bin/env node
// Runs one scenario of the fault rig and prints its figures as one line of JSON: `npm run rig -- kill --profile full`.
// Progress goes to the other channel.
import { mkdtemp, rm } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { build } from 'esbuild'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
process.chdir(ROOT)

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { profile: { type: 'string', default: 'small' } },
})
const [name] = positionals
if (!name || !['small', 'full'].includes(values.profile)) {
  console.error('usage: npm run rig -- NAME [--profile small|full]')
  process.exit(2)
}

const folder = await mkdtemp(path.join(ROOT, 'node_modules', '.keyrack-rig-'))
try {
  const outfile = path.join(folder, 'rig.mjs')
  await build({
    entryPoints: ['tests/rig/main.ts'], outfile, bundle: true, platform: 'node', format: 'esm', target: 'node20.19',
    packages: 'external', logLevel: 'error', alias: { '@': process.cwd(), 'server-only': './tests/server-only.ts' },
  })
  const { runScenario } = await import(pathToFileURL(outfile).href)
  process.exitCode = (await runScenario(name, values.profile)) ? 0 : 1
} catch (error) {
  console.error(error)
  process.exitCode = 1
} finally {
  await rm(folder, { recursive: true, force: true })
}
