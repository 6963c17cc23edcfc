import { expect, test } from 'vitest'
import { faultsOf, makeSbom, withoutTests } from './sbom'

const lock = {
  packages: {
    '': {}, 'node_modules/a': { version: '1.0.0' }, 'node_modules/@s/b': { version: '2.0.0' }, 'node_modules/t': { version: '3.0.0', dev: true },
    'node_modules/t/node_modules/a': { version: '1.0.0', dev: true },
  },
}
const component = (name: string, version: string, group?: string) => ({
  name, version, ...(group && { group }), 'bom-ref': `${group ? `${group}/` : ''}${name}@${version}`, licenses: [{ license: { id: 'MIT' } }],
})
const [a, b, t] = [component('a', '1.0.0'), component('b', '2.0.0', '@s'), component('t', '3.0.0')]
const whole = { bomFormat: 'CycloneDX', components: [a, b] }
const isInstalled = () => true

test('what is made of this checkout is whole, and has what tests need too', () => {
  const { sbom, faults } = makeSbom()
  expect(faults).toEqual([])
  const names = (sbom.components as { name: string }[]).map(({ name }) => name)
  expect(names.length).toBeGreaterThan(100)
  expect(names).toContain('esbuild')
  expect(names).not.toContain('vitest')
})

test('what only tests need is taken out, and so is every mention of it', () => {
  const all = { bomFormat: 'CycloneDX', components: [a, b, t], dependencies: [{ ref: 'root', dependsOn: ['a@1.0.0', 't@3.0.0'] }, { ref: 't@3.0.0', dependsOn: ['a@1.0.0'] }] }
  const trimmed = withoutTests(all, lock)
  expect(trimmed.components).toEqual([a, b])
  expect(trimmed.dependencies).toEqual([{ ref: 'root', dependsOn: ['a@1.0.0'] }])
})

test.each([
  ['a package is missing', { ...whole, components: [a] }, ['@s/b@2.0.0 is missing.']],
  ['a package of the tests is in it', { ...whole, components: [a, b, t] }, ['t@3.0.0 is for tests only.']],
  ['a licence is missing', { ...whole, components: [{ ...a, licenses: [] }, b] }, ['a@1.0.0 has no licence.']],
  ['it is something else', {}, ['It is no CycloneDX list.']],
  ['nothing is wrong', whole, []],
])('says so when %s', (_what, sbom, faults) => {
  expect(faultsOf(sbom, { lock, isInstalled })).toEqual(faults)
})
