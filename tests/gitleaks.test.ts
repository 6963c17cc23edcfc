import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { formatMachineKey } from '@/lib/machine-key'
import { makeKey } from '@/server/crypto/parse-keys'
import { listSources, readSource } from './source-files'

/** The rules as gitleaks reads them; its patterns are RE2, of which these use nothing that JavaScript reads differently. */
const rules = readSource('.gitleaks.toml')
  .split('[[rules]]')
  .slice(1)
  .map((block) => {
    const pattern = /^regex = '''(.*)'''$/m.exec(block)?.[1] ?? ''
    const isInsensitive = pattern.startsWith('(?i)')
    return { id: /^id = "(.*)"$/m.exec(block)?.[1] ?? '', regex: new RegExp(pattern.replace('(?i)', ''), isInsensitive ? 'i' : '') }
  })
const idsOf = (text: string) => rules.filter(({ regex }) => regex.test(text)).map(({ id }) => id)

describe('the rules for gitleaks', () => {
  test('are four, each with an id and a pattern', () => {
    expect(rules.map(({ id }) => id)).toEqual([
      'octorate-client-secret', 'octorate-client-secret-labelled', 'keyrack-machine-key', 'keyrack-sealing-key',
    ])
    expect(rules.filter(({ regex }) => regex.source === '(?:)')).toEqual([])
  })

  test.each([
    ['const secret = "secret_0d9c8b7a6f5e4d3c2b1a"', 'octorate-client-secret'],
    ['OCTORATE_CLIENT_SECRET=q1w2e3r4t5z6u7i8o9p0', 'octorate-client-secret-labelled'],
    ['{"client_secret": "q1w2e3r4t5z6u7i8o9p0"}', 'octorate-client-secret-labelled'],
    ["client_secret: 'q1w2e3r4t5z6u7i8o9p0'", 'octorate-client-secret-labelled'],
    [`Authorization: Bearer ${formatMachineKey('PRODUCTION', randomBytes(32))}`, 'keyrack-machine-key'],
    [`key=${formatMachineKey('SANDBOX', randomBytes(32))};`, 'keyrack-machine-key'],
    [`KEYRACK_KEYS=${makeKey('k1')}`, 'keyrack-sealing-key'],
  ])('find %s', (text, id) => {
    expect(idsOf(text)).toContain(id)
  })

  test.each([
    'client_secret', 'client_secret=', "client_secret: '••••51d3'", 'the client secret_ of', 'krk_live_…', 'KEYRACK_KEYS=', 'secretVisibility: true',
    'clientSecretSealed', 'krk_test_short',
  ])('let %s pass', (text) => {
    expect(idsOf(text)).toEqual([])
  })

  test('find nothing in what this repository ships, its tests apart', () => {
    const shipped = listSources().filter((name) => !/\.(test|spec)\.tsx?$|^tests\/|^bench\//.test(name))
    expect(shipped.length).toBeGreaterThan(500)
    const found = shipped.flatMap((name) =>
      readSource(name).split('\n').flatMap((line) => (line.includes('sbx_') ? [] : idsOf(line).map((id) => `${name}: ${id}`))),
    )
    expect(found).toEqual([])
  })
})
