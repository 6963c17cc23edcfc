import { expect, test } from 'vitest'
import { DOUBTS } from '@/server/doubts/read-doubts'
import { readSource } from './source-files'

const doc = readSource('docs/doubts.md')

/** Switches that play a doubt, as the sandbox's own page lists them. */
function switchesOfSandbox(): string[] {
  const [, section = ''] = readSource('sandbox/README.md').split('## Doubts, each a switch')
  const rows = (section.split('\n## ')[0] ?? '').split('\n').filter((line) => line.startsWith('| `'))
  return rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name ?? ''))
}

test.each(DOUBTS)('docs/doubts.md has a section with its switches: $question', ({ question, switches }) => {
  const [, section] = doc.split(`\n### ${question}\n`)
  expect(section).toBeDefined()
  const text = section?.split('\n### ')[0] ?? ''
  expect(switches.filter((name) => !text.includes(`\`${name}\``))).toEqual([])
})

test('every doubt that the sandbox can play is asked, and none is asked that it can not', () => {
  const known = switchesOfSandbox()
  expect(known.length).toBeGreaterThan(20)
  expect([...new Set(DOUBTS.flatMap(({ switches }) => switches))].toSorted()).toEqual(known.toSorted())
})
