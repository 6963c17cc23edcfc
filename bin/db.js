#!/usr/bin/env node
// Writes a new migration: the difference between the committed schema and the one in the working tree.
//   node bin/db.js new add_contact_phone
// Read the SQL before you commit it: renames come out as a drop and an add.
import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import path from 'node:path'
import { tmpdir } from 'node:os'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import { PrismaPg } from '@prisma/adapter-pg'
import { bundle } from './bundle.js'
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg'

const SCHEMA = 'prisma/schema'
const [command, name] = process.argv.slice(2)
if (command !== 'new' || !/^[a-z0-9_]+$/.test(name ?? '')) {
  console.error('usage: node bin/db.js new NAME   (NAME in lower_case)')
  process.exit(2)
}

/** Node imports no .wasm files by itself, so the engine is put together by hand. */
async function loadEngine() {
  const folder = path.dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg'))
  const compiled = new WebAssembly.Module(readFileSync(path.join(folder, 'schema_engine_bg.wasm')))
  const instance = new WebAssembly.Instance(compiled, { './schema_engine_bg.js': bindings })
  bindings.__wbg_set_wasm(instance.exports)
  instance.exports.__wbindgen_start()
  return bindings.SchemaEngine
}

/** @typedef {{ path: string, content: string }[]} Schema */

const git = (...args) => execFileSync('git', args, { encoding: 'utf8' })

/** @returns {Schema} */
const committed = () =>
  git('ls-tree', '--name-only', 'HEAD', `${SCHEMA}/`).split('\n').filter(Boolean)
    .map((file) => ({ path: file, content: git('show', `HEAD:${file}`) }))

/** @returns {Schema} */
const inTheTree = () =>
  readdirSync(SCHEMA).map((file) => ({ path: `${SCHEMA}/${file}`, content: readFileSync(`${SCHEMA}/${file}`, 'utf8') }))

const asTarget = (files) => (files.length === 0 ? { tag: 'empty' } : { tag: 'schemaDatamodel', files, configDir: 'prisma' })

const current = inTheTree()
const before = committed()
await bundle(['embedded-postgres'])
const { startEmbeddedPostgres } = await import('../dist/embedded-postgres.js')
// The difference of two schema files writes nothing to the database, but the engine asks for its version.
const data = mkdtempSync(path.join(tmpdir(), 'keyrack-db-'))
const postgres = await startEmbeddedPostgres(data)
const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg({ connectionString: postgres.ownerUrl }))
const SchemaEngine = await loadEngine()
const engine = await SchemaEngine.new({ datamodels: current.map(({ path, content }) => [path, content]) }, () => undefined, await adapter)
const difference = await engine.diff({
  from: asTarget(before),
  to: asTarget(current),
  script: true,
  exitCode: null,
  filters: { externalTables: [], externalEnums: [] },
})
const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
const folder = `prisma/migrations/${stamp}_${name}`
mkdirSync(folder, { recursive: true })
writeFileSync(`${folder}/migration.sql`, difference.stdout ?? '')
console.log(`${folder}/migration.sql`)
await postgres.stop()
for (const folder of [data, postgres.place.movedTo]) if (folder) rmSync(folder, { recursive: true, force: true })
process.exit(0)
