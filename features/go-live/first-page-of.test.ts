import { describe, expect, it } from 'vitest'
import { pages } from '@/contracts/paths'
import { firstPageOf } from './first-page-of'

describe('the first page of an API client', () => {
  it('is the guide until something is connected, and its own page from then on', () => {
    expect(firstPageOf({ id: 'x', connectionCount: 0 })).toBe(pages.goLive('x'))
    expect(firstPageOf({ id: 'x', connectionCount: 1 })).toBe(pages.apiClient('x'))
  })
})
