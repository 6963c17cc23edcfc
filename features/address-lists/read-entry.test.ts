import { describe, expect, test } from 'vitest'
import { readEntry } from './read-entry'

describe('an entry as it is typed', () => {
  test('offers the network that was meant, instead of widening it silently', () => {
    expect(readEntry('8.8.8.8/24')).toMatchObject({ ok: false, suggestions: ['8.8.8.0/24'] })
  })

  test('takes blanks around it for a slip of the hand', () => {
    expect(readEntry(' 8.8.8.0/24 ')).toEqual({ ok: true, block: '8.8.8.0/24', addressCount: 256, remark: 'ok' })
  })

  test('tells what a far server never sees, and what restricts nothing', () => {
    expect(readEntry('10.0.0.1')).toMatchObject({ ok: true, remark: 'private' })
    expect(readEntry('0.0.0.0/0')).toMatchObject({ ok: true, remark: 'any', addressCount: 2 ** 32 })
  })

  test('says in a sentence why it is none', () => {
    expect(readEntry('8.8.8.08')).toMatchObject({ ok: false, suggestions: [], sentence: expect.stringContaining('must not begin with 0') as string })
  })
})
