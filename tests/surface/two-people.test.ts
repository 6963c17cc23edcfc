import { afterAll, beforeAll, expect, test } from 'vitest'
import { startConsole, type TestConsole } from '../console'
import { makeConnection } from '../make-connection'
import type { TestOrganization } from '../make-organization'

let keyrack: TestConsole

beforeAll(async () => {
  keyrack = await startConsole()
  await makeConnection(keyrack, keyrack.organization, { name: 'Casa della Prima' })
  await makeConnection(keyrack, keyrack.otherOrganization, { name: 'Haus der Zweiten' })
})
afterAll(() => keyrack.stop())

const ADDRESSES = [
  '/', '/connections', '/connections?q=a', '/connections/new', '/api-clients', '/settings/sessions', '/api/connections', '/api/api-clients', '/api/sessions',
  '/connections?q=%FF%FE',
]
/** The forms in which a browser asks for the same address; the last one is in no encoding at all. */
const FORMS: readonly Record<string, string>[] = [
  {},
  { rsc: '1' },
  { rsc: '1', 'next-router-prefetch': '1' },
  { rsc: '1', 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/_tree' },
  { rsc: '1', 'next-router-state-tree': '%5B%22%22%2C%7B%7D%5D', 'next-url': '/' },
  { accept: 'text/html', 'if-none-match': '"x"', 'if-modified-since': 'Mon, 01 Jan 2029 00:00:00 GMT', 'user-agent': '\u00ff\u00fe' },
]

/** What only this organization's people may see. */
const marksOf = ({ id, people, apiClient }: TestOrganization, ...names: string[]) =>
  [id, apiClient.id, apiClient.clientId, people.owner.id, people.owner.email, people.owner.sessionId, ...names].filter(Boolean)

test('two people who take turns at the same addresses never get a byte of each other', async () => {
  const [first, second] = [keyrack.organization, keyrack.otherOrganization]
  const [firstMarks, secondMarks] = [marksOf(first, 'Casa della Prima', 'Northwind'), marksOf(second, 'Haus der Zweiten', 'Other Systems')]
  const found: string[] = []
  let own = 0
  for (let round = 0; round < 100; round += 1) {
    const address = ADDRESSES[round % ADDRESSES.length] ?? '/'
    const headers = FORMS[Math.floor(round / ADDRESSES.length) % FORMS.length] ?? {}
    const asked = [keyrack.fetchWith(first.people.owner.cookie, address, { headers }), keyrack.fetchWith(second.people.owner.cookie, address, { headers })]
    // Every second time at once, so that two renderings overlap in one process.
    const [one, other] = round % 2 === 0 ? await Promise.all(asked) : [await asked[0], await asked[1]]
    found.push(...secondMarks.filter((mark) => one?.whole.includes(mark)).map((mark) => `${address}: ${mark}`))
    found.push(...firstMarks.filter((mark) => other?.whole.includes(mark)).map((mark) => `${address}: ${mark}`))
    own += firstMarks.some((mark) => one?.whole.includes(mark)) && secondMarks.some((mark) => other?.whole.includes(mark)) ? 1 : 0
    expect([one?.headers['cache-control'], other?.headers['cache-control']]).toEqual(['no-store', 'no-store'])
    expect([one?.status, other?.status]).not.toContain(304)
  }
  expect(found).toEqual([])
  // Both saw their own things often enough, or nothing was shown by this: a prefetch alone holds the frame of a page.
  expect(own).toBeGreaterThan(25)
})
