import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { answered, CLOSED, LONGEST_PAUSE_MS, sent, unanswered, waitOf, type Circuit } from './circuit-breaker'

const START = 1_000_000
const silence = (now: number, retryAfterMs: number | null = null) => ({ now, random: 1, retryAfterMs })

/** Opened at START by five silences in a row. */
function opened(retryAfterMs: number | null = null): Circuit {
  return [1, 2, 3, 4, 5].reduce((circuit) => unanswered(circuit, silence(START, retryAfterMs)), CLOSED)
}

/** A probe that meets silence, when it may be sent. @returns the circuit and the instant */
function failedProbe(circuit: Circuit, now: number): { circuit: Circuit; now: number } {
  const at = now + waitOf(circuit, now)
  return { circuit: unanswered(sent(circuit, at), silence(at)), now: at }
}

describe('the circuit of an upstream', () => {
  test('opens at the fifth silence in a row, and any answer in between begins the count anew', () => {
    const four = [1, 2, 3, 4].reduce((circuit) => unanswered(circuit, silence(START)), CLOSED)
    expect(four.open).toBeNull()
    expect(unanswered(four, silence(START)).open).not.toBeNull()
    expect(unanswered(answered(), silence(START)).open).toBeNull()
  })

  test('lets one probe pass at its time, and no second one until the first has its outcome', () => {
    const circuit = opened()
    expect(waitOf(circuit, START)).toBe(1_000)
    expect(waitOf(circuit, START + 1_000)).toBe(0)
    const probing = sent(circuit, START + 1_000)
    expect(waitOf(probing, START + 1_001)).toBeGreaterThan(0)
    expect(waitOf(unanswered(probing, silence(START + 2_000)), START + 2_000)).toBe(2_000)
    expect(waitOf(answered(), START + 2_000)).toBe(0)
  })

  test('waits twice as long after each probe, and never longer than half a minute', () => {
    const waits: number[] = []
    let [circuit, now] = [opened(), START]
    for (let probe = 0; probe < 8; probe += 1) {
      waits.push(waitOf(circuit, now))
      ;({ circuit, now } = failedProbe(circuit, now))
    }
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000])
  })

  test('has jitter over the upper half of the pause, so that processes do not knock together', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(40), (random, probes) => {
        const open = { since: START, probeAt: START, probes, probingSince: START }
        const wait = waitOf(unanswered({ failures: 5, open }, { now: START, random, retryAfterMs: null }), START)
        const pause = Math.min(1_000 * 2 ** (probes + 1), LONGEST_PAUSE_MS)
        expect(wait).toBeGreaterThanOrEqual(pause / 2)
        expect(wait).toBeLessThanOrEqual(pause)
      }),
    )
  })

  test('is not put off by silences that were under way when it opened', () => {
    const circuit = opened()
    expect(waitOf(unanswered(circuit, silence(START + 900)), START + 900)).toBe(100)
  })

  test('sends nothing before Retry-After is over', () => {
    expect(waitOf(opened(60_000), START)).toBe(61_000)
  })

  test('does not wait for a clock that went back, nor for a probe whose process stood still', () => {
    expect(waitOf(opened(), START - 86_400_000)).toBe(0)
    expect(waitOf(sent(opened(), START + 1_000), START + 32_000)).toBe(0)
  })
})
