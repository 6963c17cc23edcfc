import { describe, expect, it } from 'vitest'
import { STRATEGIES } from './api-clients'
import { strategyVerdict } from './strategy-needs'

const property = (level: 'NONE' | 'READONLY' | 'READWRITE' | null) => [{ name: 'property' as const, level }]

describe('strategyVerdict', () => {
  it.each(STRATEGIES)('%s needs properties, and says so when Octorate does not tell', (strategy) => {
    expect(strategyVerdict(strategy, property('READWRITE'))).toBe('enough')
    expect(strategyVerdict(strategy, property('NONE'))).toBe('missing')
    expect(strategyVerdict(strategy, property(null))).toBe('unknown')
    expect(strategyVerdict(strategy, [])).toBe('unknown')
  })

  it('wants writing only where properties are created', () => {
    expect(STRATEGIES.filter((strategy) => strategyVerdict(strategy, property('READONLY')) === 'missing')).toEqual(['new_properties'])
  })
})
