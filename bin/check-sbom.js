#!/usr/bin/env node
// Says whether a list of what is inside (CycloneDX, from `npm sbom`) is whole: node bin/check-sbom.js FILE
// Every package that the lock file installs for production on this platform is in it, with its version and a licence, and
// none that only tests need.
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** @returns what is wrong, in sentences; empty when nothing is. */
export function checkSbom(sbom, { lock, isInstalled }) {
  if (sbom.bomFormat !== 'CycloneDX') return ['It is no CycloneDX list.']
  const components = sbom.components ?? []
  const listed = new Set(components.map(({ group, name, version }) => `${group ? `${group}/` : ''}${name}@${version}`))
  const packages = Object.entries(lock.packages).filter(([place]) => place !== '')
  const named = packages.map(([place, { version, dev = false }]) => ({ place, id: `${place.split('node_modules/').at(-1)}@${version}`, dev }))
  const wanted = named.filter(({ dev, place }) => !dev && isInstalled(place))
  const forProduction = new Set(wanted.map(({ id }) => id))
  return [
    ...(wanted.length === 0 ? ['The lock file names no package that is installed.'] : []),
    ...wanted.filter(({ id }) => !listed.has(id)).map(({ id }) => `${id} is missing.`),
    ...named.filter(({ id, dev }) => dev && !forProduction.has(id) && listed.has(id)).map(({ id }) => `${id} is for tests only.`),
    ...components.filter(({ licenses }) => !licenses?.length).map(({ name, version }) => `${name}@${version} has no licence.`),
  ]
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const sbom = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'))
  const lock = JSON.parse(readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8'))
  const faults = checkSbom(sbom, { lock, isInstalled: (place) => existsSync(path.join(ROOT, place, 'package.json')) })
  for (const fault of faults) console.error(fault)
  console.log(faults.length === 0 ? `${sbom.components.length} packages, all there.` : `${faults.length} things are wrong with it.`)
  process.exitCode = faults.length === 0 ? 0 : 1
}
