import { describe, expect, it } from 'vitest'
import { KeyrackRefusedError, ReconnectRequiredError, TemporarilyUnavailableError } from './errors'
import { retryDelay } from './retry-delay'

const away = new TemporarilyUnavailableError({ code: 'unreachable', message: '' })
const told = (retryAfterSeconds: number) => new TemporarilyUnavailableError({ code: 'temporarily_unavailable', message: '', retryAfterSeconds })

describe('retryDelay', () => {
  it('never tries again after a clear no, because it would be the same', () => {
    const about = { code: 'x', message: '' }
    for (const error of [new KeyrackRefusedError(about), new ReconnectRequiredError(about), new TypeError('x')]) {
      expect(retryDelay(error, { attempt: 1, spentMs: 0, random: 0 })).toBeNull()
    }
  })

  it('waits a random part of a growing time, so that many callers do not come back together', () => {
    const at = (attempt: number, random: number) => retryDelay(away, { attempt, spentMs: 0, random })
    expect([1, 2, 3].map((attempt) => at(attempt, 0.5))).toEqual([250, 500, 1_000])
    expect([at(1, 0), at(3, 0.999)]).toEqual([0, 1_998])
  })

  it('waits at least as long as it was told', () => {
    expect(retryDelay(told(7), { attempt: 1, spentMs: 0, random: 0 })).toBe(7_000)
    expect(retryDelay(told(7), { attempt: 1, spentMs: 0, random: 0.5 })).toBe(7_250)
  })

  it('gives up after four attempts, or when the caller would wait longer than 20 s', () => {
    expect(retryDelay(away, { attempt: 3, spentMs: 0, random: 0.5 })).not.toBeNull()
    expect(retryDelay(away, { attempt: 4, spentMs: 0, random: 0.5 })).toBeNull()
    expect(retryDelay(away, { attempt: 2, spentMs: 19_800, random: 0.5 })).toBeNull()
    expect(retryDelay(told(30), { attempt: 1, spentMs: 0, random: 0 })).toBeNull()
  })
})
