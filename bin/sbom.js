#!/usr/bin/env node
// Prints the list of what is inside (CycloneDX): node bin/sbom.js > keyrack.cdx.json
// It is what `npm sbom` says of this checkout, without what only tests need. `npm sbom --omit dev` would leave out every
// package that a test needs too, esbuild among them; so it is trimmed here, and checked against the lock file.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** Their package.json names no licence, so the list has none; each was looked up in the package's own files. */
const LICENCE_IN_FILE_ONLY = new Set(['seq-queue@0.0.5'])

/** The list without what the lock file has for tests only. */
export function withoutTests(sbom, lock) {
  const { components = [], dependencies = [] } = sbom
  const wanted = new Set(namedIn(lock).filter(({ dev }) => !dev).map(({ id }) => id))
  const kept = components.filter((component) => wanted.has(idOf(component)))
  const gone = new Set(components.filter((component) => !kept.includes(component)).map((component) => component['bom-ref']))
  const linked = dependencies.filter(({ ref }) => !gone.has(ref))
  return {
    ...sbom,
    components: kept,
    dependencies: linked.map(({ dependsOn = [], ...each }) => ({ ...each, dependsOn: dependsOn.filter((ref) => !gone.has(ref)) })),
  }
}

/** @returns what is wrong with a list, in sentences; empty when nothing is. */
export function faultsOf(sbom, { lock, isInstalled }) {
  if (sbom.bomFormat !== 'CycloneDX') return ['It is no CycloneDX list.']
  const { components = [] } = sbom
  const listed = new Set(components.map(idOf))
  const named = namedIn(lock)
  const wanted = named.filter(({ dev, place }) => !dev && isInstalled(place))
  const forProduction = new Set(named.filter(({ dev }) => !dev).map(({ id }) => id))
  return [
    ...(wanted.length === 0 ? ['The lock file names no package that is installed.'] : []),
    ...wanted.filter(({ id }) => !listed.has(id)).map(({ id }) => `${id} is missing.`),
    ...[...listed].filter((id) => !forProduction.has(id)).map((id) => `${id} is for tests only.`),
    ...components.filter((component) => !component.licenses?.length && !LICENCE_IN_FILE_ONLY.has(idOf(component))).map((component) => `${idOf(component)} has no licence.`),
  ]
}

function namedIn(lock) {
  return Object.entries(lock.packages)
    .filter(([place]) => place !== '')
    .map(([place, { name, version, dev = false }]) => ({ place, id: `${name ?? place.split('node_modules/').at(-1)}@${version}`, dev }))
}

function idOf({ group, name, version }) {
  return `${group ? `${group}/` : ''}${name}@${version}`
}

/** The list of this checkout, and what is wrong with it. */
export function makeSbom() {
  const text = execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx'], { cwd: ROOT, encoding: 'utf8', maxBuffer: 64 << 20 })
  const lock = JSON.parse(readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8'))
  const sbom = withoutTests(JSON.parse(text), lock)
  return { sbom, faults: faultsOf(sbom, { lock, isInstalled: (place) => existsSync(path.join(ROOT, place, 'package.json')) }) }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { sbom, faults } = makeSbom()
  for (const fault of faults) console.error(fault)
  if (faults.length === 0) console.log(JSON.stringify(sbom, null, 2))
  else process.exitCode = 1
}
