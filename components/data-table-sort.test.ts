import { describe, expect, it } from 'vitest'
import { ariaSort, nextSort } from './data-table-sort'

describe('nextSort', () => {
  it('starts ascending on another column, because the soonest expiry is what matters', () => {
    expect(nextSort({ columnId: 'name', direction: 'desc' }, 'expiresAt')).toEqual({ columnId: 'expiresAt', direction: 'asc' })
    expect(nextSort(null, 'name')).toEqual({ columnId: 'name', direction: 'asc' })
  })

  it('turns the same column round', () => {
    expect(nextSort({ columnId: 'name', direction: 'asc' }, 'name').direction).toBe('desc')
    expect(nextSort({ columnId: 'name', direction: 'desc' }, 'name').direction).toBe('asc')
  })
})

describe('ariaSort', () => {
  it('speaks of the sorted column only', () => {
    const sort = { columnId: 'name', direction: 'desc' } as const
    expect(ariaSort(sort, 'name')).toBe('descending')
    expect(ariaSort(sort, 'status')).toBe('none')
    expect(ariaSort(null, 'name')).toBe('none')
  })
})
