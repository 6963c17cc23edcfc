import { expect, test } from 'vitest'
import type { KeyMigration } from '@/contracts/key-migrations'
import { stageSteps } from './stage-steps'

const none = { pending: 0, sent: 0, received: 0, stored: 0, verified: 0, failed: 0, ambiguous: 0, skipped: 0 }
const statuses = (state: KeyMigration['state'], stage: KeyMigration['stage'], verified = 0) =>
  stageSteps({ state, stage, counts: { ...none, verified }, total: 20 }).map(({ status }) => status)

test.each([
  ['running', 'first_line', 0, ['running', 'waiting', 'waiting']],
  ['running', 'rest', 11, ['done', 'done', 'running']],
  ['paused', 'next_ten', 3, ['done', 'waiting', 'waiting']],
  ['stopped', 'first_line', 0, ['failed', 'waiting', 'waiting']],
  ['finished', 'rest', 20, ['done', 'done', 'done']],
  ['finished', 'first_line', 1, ['done', 'skipped', 'skipped']],
  ['finished', 'first_line', 0, ['skipped', 'skipped', 'skipped']],
  ['cancelled', 'next_ten', 4, ['done', 'skipped', 'skipped']],
] as const)('%s at %s with %i verified', (state, stage, verified, expected) => {
  expect(statuses(state, stage, verified)).toEqual(expected)
})
