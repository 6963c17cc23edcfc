import { expect, test } from 'vitest'
import { dryRun } from './dry-run'

const verdicts = (lines: Parameters<typeof dryRun>[0], probe = true, connected: string[] = []) =>
  dryRun(lines, { probe, connected: new Set(connected) }).map((line) =>
    Object.fromEntries(Object.entries(line).filter(([name]) => name !== 'number' && name !== 'line')),
  )

test('the second line with one token is a duplicate of the first, because a token is one grant', () => {
  expect(verdicts([{ number: 2, refreshToken: 'aaaa' }, { number: 3, refreshToken: 'aaaa', propertyId: '7' }])).toEqual([
    { verdict: 'ready' },
    { verdict: 'duplicate', by: 'token', of: 2 },
  ])
})

test('the second line for one property is a duplicate too, because it would end as the same connection', () => {
  expect(verdicts([{ number: 2, refreshToken: 'aaaa', propertyId: '7' }, { number: 3, refreshToken: 'bbbb', propertyId: '7' }])).toEqual([
    { verdict: 'ready' },
    { verdict: 'duplicate', by: 'property', of: 2 },
  ])
})

test('a property that is connected already is said to be, because nothing of it will be replaced', () => {
  expect(verdicts([{ number: 1, refreshToken: 'aaaa', propertyId: '7' }], true, ['7'])).toEqual([{ verdict: 'connected' }])
})

test('a line without property id is malformed when nothing is probed, because nobody would say what it covers', () => {
  expect(verdicts([{ number: 1, refreshToken: 'aaaa' }], false)).toEqual([{ verdict: 'malformed', fault: 'missing', column: 'propertyId' }])
  expect(verdicts([{ number: 1, refreshToken: 'aaaa' }], true)).toEqual([{ verdict: 'ready' }])
})

test('a malformed line keeps its reason and makes no other a duplicate', () => {
  expect(verdicts([{ number: 1, fault: 'too_short', column: 'refreshToken' }, { number: 2, refreshToken: 'aaaa' }])).toEqual([
    { verdict: 'malformed', fault: 'too_short', column: 'refreshToken' },
    { verdict: 'ready' },
  ])
})
