import { describe, expect, test } from 'vitest'
import type { ConnectionSummary } from '@/contracts/connections'
import { chooseRows, NONE_CHOSEN, shareChosen } from './chosen-rows'

const row = (id: string) => ({ id, name: `Hotel ${id}` }) as ConnectionSummary
const [a, b, c] = [row('a'), row('b'), row('c')]

describe('chosen rows', () => {
  test('stay chosen on other pages, because a selection goes on while one turns pages', () => {
    const chosen = chooseRows(chooseRows(NONE_CHOSEN, [a, b], true), [c], true)
    expect([...chosen.keys()]).toEqual(['a', 'b', 'c'])
    expect([...chooseRows(chosen, [b], false).keys()]).toEqual(['a', 'c'])
  })

  test('hold each connection once, with what was read of it last', () => {
    const renamed = { ...a, name: 'Hotel Roma' }
    const chosen = chooseRows(chooseRows(NONE_CHOSEN, [a, b], true), [renamed], true)
    expect(chosen.size).toBe(2)
    expect(chosen.get('a')?.name).toBe('Hotel Roma')
  })

  test('say how much of a page is chosen, for the box that stands for all of it', () => {
    const chosen = chooseRows(NONE_CHOSEN, [a, b], true)
    expect(shareChosen(chosen, [a, b])).toBe('all')
    expect(shareChosen(chosen, [b, c])).toBe('some')
    expect(shareChosen(chosen, [c])).toBe('none')
    expect(shareChosen(chosen, [])).toBe('none')
  })
})
