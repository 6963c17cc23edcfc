import { expect, test } from 'vitest'
import type { KeyMigration } from '@/contracts/key-migrations'
import { stageSteps } from './stage-steps'

const none = { pending: 0, sent: 0, received: 0, stored: 0, verified: 0, failed: 0, ambiguous: 0, skipped: 0 }
interface Case extends Pick<KeyMigration, 'state' | 'stage'> {
  readonly verified: number
  readonly expected: readonly string[]
}

const CASES: readonly Case[] = [
  { state: 'running', stage: 'first_line', verified: 0, expected: ['running', 'waiting', 'waiting'] },
  { state: 'running', stage: 'rest', verified: 11, expected: ['done', 'done', 'running'] },
  { state: 'paused', stage: 'next_ten', verified: 3, expected: ['done', 'waiting', 'waiting'] },
  { state: 'stopped', stage: 'first_line', verified: 0, expected: ['failed', 'waiting', 'waiting'] },
  { state: 'finished', stage: 'rest', verified: 20, expected: ['done', 'done', 'done'] },
  { state: 'finished', stage: 'first_line', verified: 1, expected: ['done', 'skipped', 'skipped'] },
  { state: 'finished', stage: 'first_line', verified: 0, expected: ['skipped', 'skipped', 'skipped'] },
  { state: 'cancelled', stage: 'next_ten', verified: 4, expected: ['done', 'skipped', 'skipped'] },
]

test.each(CASES)('$state at $stage with $verified verified', ({ state, stage, verified, expected }) => {
  expect(stageSteps({ state, stage, counts: { ...none, verified }, total: 20 }).map(({ status }) => status)).toEqual(expected)
})
