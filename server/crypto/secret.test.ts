import { inspect } from 'node:util'
import { expect, test, vi } from 'vitest'
import { Secret } from './secret'

const secret = Secret.of('correct-horse-battery')

test('prints [redacted] wherever a value is turned into text, because logs are read by many', () => {
  expect(`${secret}`).toBe('[redacted]')
  expect(JSON.stringify({ secret })).toBe('{"secret":"[redacted]"}')
  expect(inspect({ nested: { secret } }, { depth: 9, showHidden: true })).not.toContain('correct')
  expect(Object.keys(secret)).toEqual([])
})

test('reveals its text only on request', () => {
  expect(secret.reveal()).toBe('correct-horse-battery')
})

test('shows the last four characters only of a long secret, because four of a short one is too much', () => {
  expect(secret.last4).toBe('tery')
  expect(Secret.of('short').last4).toBe('')
})

test('is known as one by another copy of the module, because front and pages load it separately', async () => {
  vi.resetModules()
  const other = (await import('./secret')).Secret
  expect(other).not.toBe(Secret)
  expect(other.of('of the other copy') instanceof Secret).toBe(true)
  expect(Secret.of('of this one') instanceof other).toBe(true)
  expect({ reveal: () => 'no secret' } instanceof Secret).toBe(false)
})
