import { describe, expect, it } from 'vitest'
import type { ExchangeStep } from '@/contracts/authorizations'
import { minuteUntilMs, minuteUsedMs, toStripSteps, upstreamRequestIdOf } from './strip-steps'

const step = (name: ExchangeStep['name'], more: Partial<ExchangeStep> = {}): ExchangeStep => ({
  name, status: 'done', startedAt: '2026-03-01T12:00:00.000Z', durationMs: 10, exchanges: [], ...more,
})

describe('toStripSteps', () => {
  const statuses = (...input: Parameters<typeof toStripSteps>) => toStripSteps(...input).map(({ status }) => status)

  it('waits at Octorate until the browser comes back', () => {
    expect(statuses([], 'waiting')).toEqual(['running', 'waiting', 'waiting', 'waiting'])
  })

  it('exchanges once the code is there, though nothing is written down before the end', () => {
    expect(statuses([], 'working')).toEqual(['done', 'done', 'running', 'waiting'])
  })

  it('shows a step that has begun as running, and as failed once the flow is over, because its process died', () => {
    const steps = [step('authorize'), step('callback'), step('exchange', { status: 'pending', durationMs: null })]
    expect(statuses(steps, 'working')).toEqual(['done', 'done', 'running', 'waiting'])
    expect(statuses(steps, 'failed')).toEqual(['done', 'done', 'failed', 'skipped'])
  })

  it('names what was never reached after a failure', () => {
    const steps = [step('authorize'), step('callback', { status: 'failed' })]
    expect(statuses(steps, 'failed')).toEqual(['done', 'failed', 'skipped', 'skipped'])
    expect(statuses([], 'expired')).toEqual(['skipped', 'skipped', 'skipped', 'skipped'])
  })
})

describe('minuteUntilMs', () => {
  const begun = [step('callback'), step('exchange', { status: 'pending', durationMs: null })]

  it('is a minute after the browser came back, while the code is on its way', () => {
    expect(minuteUntilMs(begun, 'working')).toBe(Date.parse('2026-03-01T12:01:00.000Z'))
  })

  it('is not told when there is no code on its way any more', () => {
    expect(minuteUntilMs(begun, 'failed')).toBeNull()
    expect(minuteUntilMs([step('callback'), step('exchange')], 'working')).toBeNull()
    expect(minuteUntilMs([], 'working')).toBeNull()
  })
})

describe('minuteUsedMs', () => {
  it('counts from the return of the browser to the end of the exchange, because the code lives that long', () => {
    const steps = [step('callback'), step('exchange', { startedAt: '2026-03-01T12:00:00.300Z', durationMs: 540 })]
    expect(minuteUsedMs(steps)).toBe(840)
  })

  it('is unknown when the exchange was never begun or never ended', () => {
    expect(minuteUsedMs([step('callback')])).toBeNull()
    expect(minuteUsedMs([step('callback'), step('exchange', { durationMs: null })])).toBeNull()
  })
})

describe('upstreamRequestIdOf', () => {
  it('is that of the last call, because that is the one that failed', () => {
    const exchange = (id: string | null) => ({
      method: 'GET', url: 'https://api.octorate.com/', requestHeaders: {}, requestForm: null, status: 200, responseBody: null,
      responseHeaders: id === null ? {} : { 'request-id': id }, startedAt: '2026-03-01T12:00:00.000Z', durationMs: 1,
    })
    expect(upstreamRequestIdOf([step('exchange', { exchanges: [exchange('a')] }), step('verify', { exchanges: [exchange('b'), exchange(null)] })])).toBe('b')
    expect(upstreamRequestIdOf([step('authorize')])).toBeNull()
  })
})
