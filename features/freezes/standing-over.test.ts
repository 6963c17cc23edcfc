import { expect, test } from 'vitest'
import type { Freeze } from '@/contracts/freezes'
import { standingOver } from './standing-over'

const freeze = (kind: Freeze['target']['kind'], id: string, onlySandbox = false): Freeze => ({
  id: `${kind} ${id}`, target: { kind, id, name: null }, onlySandbox, reason: 'laptop lost', frozenBy: null, frozenAt: '2026-11-25T10:00:00.000Z',
})
const ALL = [freeze('organization', 'o'), freeze('organization', 'o', true), freeze('api_client', 'a'), freeze('connection', 'c'), freeze('connection', 'other')]

test('what stands over a connection is its own freeze, its API client’s and the organization’s, and of no other connection', () => {
  expect(standingOver(ALL, { ids: ['c', 'a'], environment: 'SANDBOX' }).map(({ id }) => id)).toEqual([
    'organization o', 'organization o', 'api_client a', 'connection c',
  ])
})

test('a drill stands over nothing in production, because it changes nothing there', () => {
  expect(standingOver(ALL, { ids: ['c'], environment: 'PRODUCTION' }).some(({ onlySandbox }) => onlySandbox)).toBe(false)
})
