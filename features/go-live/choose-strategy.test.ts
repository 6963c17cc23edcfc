import { describe, expect, it } from 'vitest'
import { STRATEGIES } from '@/contracts/api-clients'
import { chooseStrategy, type Answers } from './choose-strategy'

const answers = (oldKeys: Answers['oldKeys'], whose: Answers['whose'], fixedAddresses: Answers['fixedAddresses']): Answers => ({ oldKeys, whose, fixedAddresses })

describe('the guide', () => {
  it.each([
    [answers('yes', null, null), 'old_keys'],
    [answers('no', 'new', null), 'new_properties'],
    [answers('no', 'any', 'no'), 'any_property'],
    [answers('no', 'one', 'no'), 'one_customer'],
    [answers('no', 'any', 'yes'), 'ip_address'],
    [answers('no', 'one', 'yes'), 'ip_address'],
    [answers(null, 'any', 'no'), null],
    [answers('no', null, 'yes'), null],
    [answers('no', 'any', null), null],
  ])('points %j to %s', (given, strategy) => {
    expect(chooseStrategy(given)).toBe(strategy)
  })

  it('can lead to every way of integrating', () => {
    const all = (['yes', 'no'] as const).flatMap((old) => (['any', 'one', 'new'] as const).flatMap((whose) => (['yes', 'no'] as const).map((fixed) => chooseStrategy(answers(old, whose, fixed)))))
    expect([...new Set(all)].sort()).toEqual([...STRATEGIES].sort())
  })
})
