import { describe, expect, test } from 'vitest'
import { REFRESH_FAILING_CAUSES } from '../connection-status'
import { LADDER, nextState, turnOf, type RungName } from './ladder'

const rungs = Object.keys(LADDER) as RungName[]
const failures = rungs.filter((rung) => rung !== 'granted')

describe('the error ladder', () => {
  test('asks a hotelier for one reason only: a confirmed refusal of the grant', () => {
    expect(rungs.filter((rung) => LADDER[rung].turn === 'hotelier')).toEqual(['dead'])
    expect(rungs.filter((rung) => nextState('connected', rung) === 'reconnect_required')).toEqual(['dead'])
  })

  test('plans a next try on every rung but that one', () => {
    expect(rungs.filter((rung) => LADDER[rung].next === 'never')).toEqual(['dead'])
  })

  test('has a rung for every cause that a connection can show, and says whose turn it is', () => {
    expect(REFRESH_FAILING_CAUSES.filter((cause) => turnOf('refresh_failing', cause) === null)).toEqual([])
  })
})

describe('a state', () => {
  test('of disconnected is left by no answer, because its tokens are wiped', () => {
    expect(rungs.map((rung) => nextState('disconnected', rung))).toEqual(rungs.map(() => 'disconnected'))
  })

  test('of a grant known to be dead is left by success only, so that nobody goes on sending', () => {
    expect(failures.map((rung) => nextState('reconnect_required', rung))).toEqual(failures.map(() => 'reconnect_required'))
    expect(nextState('reconnect_required', 'granted')).toBe('connected')
  })
})
