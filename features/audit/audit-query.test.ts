import { expect, test } from 'vitest'
import { auditHref, isFiltered, parseAuditQuery } from './audit-query'

const ID = '0198c0de-0000-7000-8000-000000000001'

test('a query goes into the address and comes back as it was', () => {
  const query = { action: 'person.removed', outcome: 'success', actor: ID, from: '2026-01-02', before: '77' } as const
  const href = auditHref(query)
  expect(href).toBe(`/audit?action=person.removed&outcome=success&actor=${ID}&from=2026-01-02&before=77`)
  expect(parseAuditQuery(Object.fromEntries(new URL(href, 'https://a.example').searchParams))).toEqual(query)
})

test('what is not valid counts as absent and spoils nothing else', () => {
  expect(parseAuditQuery({ action: 'drop table', actor: 'me', from: '2026-13-01', outcome: 'denied', x: '1' })).toEqual({ outcome: 'denied' })
  expect(auditHref({})).toBe('/audit')
})

test('a page of the log is not a filter', () => {
  expect([isFiltered({ before: '7' }), isFiltered({ outcome: 'denied' })]).toEqual([false, true])
})
