import { expect, test } from 'vitest'
import { listSources, readSource } from './source-files'

test('the data inventory names every table, and none that is gone', () => {
  const schema = listSources('prisma/schema').map(readSource).join('\n')
  const models = [...schema.matchAll(/^model \w+ \{$.*?^\}$/gms)].map(([model]) => model)
  const tables = models.map((model) => /@@map\("(\w+)"\)/.exec(model)?.[1] ?? '')
  const rows = readSource('docs/data-inventory.md').split('\n').filter((line) => line.startsWith('| `'))
  const named = rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name ?? ''))
  expect(tables.length).toBeGreaterThan(30)
  expect(named.toSorted()).toEqual(tables.toSorted())
})
