import { describe, expect, it } from 'vitest'
import { isCurrent } from './is-current'

describe('isCurrent', () => {
  it.each([
    ['/', '/', true],
    ['/', '/connections', false],
    ['/connections', '/connections', true],
    ['/connections', '/connections/abc', true],
    ['/connections', '/connections-archive', false],
  ])('of %s at %s is %s', (href, pathname, expected) => {
    expect(isCurrent(href, pathname)).toBe(expected)
  })
})
