import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { readSource, ROOT } from '@/tests/source-files'
import { checkSbom } from './check-sbom'

const lock = { packages: { '': {}, 'node_modules/a': { version: '1.0.0' }, 'node_modules/@s/b': { version: '2.0.0' }, 'node_modules/t': { version: '3.0.0', dev: true } } }
const licenses = [{ license: { id: 'MIT' } }]
const whole = { bomFormat: 'CycloneDX', components: [{ name: 'a', version: '1.0.0', licenses }, { group: '@s', name: 'b', version: '2.0.0', licenses }] }
const isInstalled = () => true

test('what npm makes of this checkout is whole', async () => {
  const { stdout } = await promisify(execFile)('npm', ['sbom', '--sbom-format', 'cyclonedx', '--omit', 'dev'], { cwd: ROOT, maxBuffer: 64 << 20 })
  const given = { lock: JSON.parse(readSource('package-lock.json')) as object, isInstalled: (place: string) => existsSync(path.join(ROOT, place, 'package.json')) }
  expect(checkSbom(JSON.parse(stdout), given)).toEqual([])
})

test.each([
  ['a package is missing', { ...whole, components: whole.components.slice(0, 1) }, '@s/b@2.0.0 is missing.'],
  ['a version is another', { ...whole, components: [{ name: 'a', version: '1.0.1', licenses }, ...whole.components.slice(1)] }, 'a@1.0.0 is missing.'],
  ['a package of the tests is in it', { ...whole, components: [...whole.components, { name: 't', version: '3.0.0', licenses }] }, 't@3.0.0 is for tests only.'],
  ['a licence is missing', { ...whole, components: [{ name: 'a', version: '1.0.0' }, ...whole.components.slice(1)] }, 'a@1.0.0 has no licence.'],
  ['it is something else', {}, 'It is no CycloneDX list.'],
])('says so when %s', (_what, sbom, fault) => {
  expect(checkSbom(sbom, { lock, isInstalled })).toEqual([fault])
})

test('is content with a whole one', () => {
  expect(checkSbom(whole, { lock, isInstalled })).toEqual([])
})
