import { expect, test } from 'vitest'
import { findNestedCheckouts } from './nested-checkouts'
import { isTest, listCode, readSource } from './source-files'

const find = (text: string, others: Record<string, string> = {}) => findNestedCheckouts(new Map(Object.entries({ 'server/a.ts': text, ...others })))

test('nobody who holds a database connection asks the pool for another one, or a dry pool would stand still', () => {
  const files = listCode().filter((name) => /^(server|lib|contracts|app)\//.test(name) && !isTest(name))
  expect(files.length).toBeGreaterThan(300)
  expect(findNestedCheckouts(new Map(files.map((name) => [name, readSource(name)])))).toEqual([])
})

test.each([
  ['a query of its own in a transaction', 'export async function f() {\n  await transaction(async (tx) => {\n    await db().user.count()\n  })\n}\n'],
  ['another transaction within', 'export async function f() {\n  await transaction((tx) => transaction((own) => work(own)))\n}\n'],
  ['the pool, by a helper that is handed no transaction', 'export async function f() {\n  await transaction(async (tx) => g(1))\n}\nfunction g(n: number) {\n  return getRuntime().pool.query(n)\n}\n'],
  ['a helper that was made for both, without the transaction', 'export async function f(tx: Transaction): Promise<void> {\n  await g(1)\n}\nfunction g(n: number, tx: Transaction = db()) {\n  return tx.user.count(n)\n}\n'],
  ['a query while a client is held', "export async function f() {\n  const { pool } = getRuntime()\n  const client = await pool.connect()\n  await db().user.count()\n  client.release()\n}\n"],
])('finds %s', (_, text) => {
  expect(find(text)).toHaveLength(1)
})

test('finds what another file does', () => {
  const f = "import { g as h } from './b'\nexport async function f(tx: Transaction): Promise<void> {\n  await h(1)\n}\n"
  const g = 'export async function g(n: number): Promise<number> {\n  return db().user.count(n)\n}\n'
  expect(find(f, { 'server/b.ts': g })).toEqual(['server/a.ts: f calls server/b.ts g'])
})

test.each([
  ['what comes before and after', 'export async function f() {\n  await db().user.count()\n  await transaction(async (tx) => tx.user.count())\n  await db().user.count()\n}\n'],
  ['a helper that is handed the transaction', 'export async function f() {\n  await transaction(async (tx) => g(1, tx))\n}\nfunction g(n: number, tx: Transaction = db()) {\n  return tx.user.count(n)\n}\n'],
  ['the name of a column', 'export async function f(tx: Transaction): Promise<void> {\n  await tx.user.count({ a: db().user.fields.name })\n}\n'],
  ['a callback that is only passed on', 'export async function f(work: (tx: Transaction) => Promise<void>): Promise<void> {\n  await db().user.count()\n  await transaction(work)\n}\n'],
])('leaves alone %s', (_, text) => {
  expect(find(text)).toEqual([])
})
