import { expect, test } from 'vitest'
import { deriveStatus, OPERATOR_ASKED, REFRESH_FAILING_CAUSES } from './connection-status'

const now = new Date('2026-03-01T12:00:00Z')
const inHours = (hours: number) => new Date(now.getTime() + hours * 3_600_000)
const healthy = { disconnectedAt: null, grantDeadAt: null, isAskedByOperator: false, refreshFailure: null, accessExpiresAt: inHours(24) }
const statusOf = (facts: Partial<Parameters<typeof deriveStatus>[0]>) => deriveStatus({ ...healthy, ...facts }, now)

test('is healthy with two hours or more left, and expiring with less', () => {
  expect(statusOf({ accessExpiresAt: inHours(2) })).toEqual({ status: 'healthy', cause: null })
  expect(statusOf({ accessExpiresAt: new Date(inHours(2).getTime() - 1) })).toEqual({ status: 'expiring', cause: null })
  expect(statusOf({ accessExpiresAt: inHours(-5) })).toEqual({ status: 'expiring', cause: null })
})

test.each(REFRESH_FAILING_CAUSES)(
  'names %s as the cause of a failing refresh, however long the token lives',
  (cause) => {
    expect(statusOf({ refreshFailure: cause })).toEqual({ status: 'refresh_failing', cause })
  },
)

test('shows the gravest of several facts, because a dead grant makes a failing refresh beside the point', () => {
  const all = { disconnectedAt: now, grantDeadAt: now, refreshFailure: 'quota', accessExpiresAt: inHours(1) } as const
  expect(statusOf(all)).toEqual({ status: 'disconnected', cause: null })
  expect(statusOf({ ...all, disconnectedAt: null })).toEqual({ status: 'reconnect_required', cause: null })
})

test('says that an operator asked for a new consent, because then it was not Octorate', () => {
  expect(statusOf({ grantDeadAt: now, isAskedByOperator: true })).toEqual({ status: 'reconnect_required', cause: OPERATOR_ASKED })
})
