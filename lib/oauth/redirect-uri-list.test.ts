import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyChange, confirmationFor, diffRedirectUris, findLookAlike, isChangeLost } from './redirect-uri-list'

const [A, B, C, D] = ['https://a.example/cb', 'https://b.example/cb', 'https://c.example/cb', 'https://d.example/cb'] as const

describe('the difference of two lists', () => {
  it('tells what is only wanted, only live and in both', () => {
    expect(diffRedirectUris([A, B], [B, C])).toEqual({ added: [A], removed: [C], kept: [B] })
  })
})

describe('a change of the list', () => {
  it('keeps what others have put there in the meantime, because only the difference is applied', () => {
    expect(applyChange([A, C, D], { add: [B], remove: [A] })).toEqual([C, D, B])
  })

  it('adds nothing twice', () => {
    expect(applyChange([A], { add: [A, B, B], remove: [] })).toEqual([A, B])
  })

  it('never touches an address that it does not name, whatever the lists are', () => {
    const uris = fc.uniqueArray(fc.constantFrom(A, B, C, D))
    fc.assert(
      fc.property(uris, uris, uris, (live, add, remove) => {
        const after = applyChange(live, { add, remove })
        expect(after).toEqual(expect.arrayContaining(live.filter((uri) => !remove.includes(uri))))
        for (const uri of after) expect([...live, ...add]).toContain(uri)
        expect(isChangeLost(after, after, { add, remove })).toBe(false)
      }),
    )
  })

  it('is lost when an address of it is missing, or one that was removed is back', () => {
    expect(isChangeLost([A], [A, B], { add: [B], remove: [] })).toBe(true)
    expect(isChangeLost([A, C], [A], { add: [], remove: [C] })).toBe(true)
    expect(isChangeLost([A, B, D], [A, B], { add: [B], remove: [C] })).toBe(false)
  })

  it.each([
    [[A], { add: [B], remove: [] }, 'none'],
    [[A, B], { add: [], remove: [A] }, 'remove'],
    [[A], { add: [], remove: [A] }, 'remove_all'],
    [[A], { add: [B], remove: [A] }, 'remove'],
    [[A], { add: [], remove: [C] }, 'none'],
    [[A], { add: [A], remove: [A] }, 'none'],
  ] as const)('of %j by %j needs the confirmation %s', (live, change, confirmation) => {
    expect(confirmationFor(live, change)).toBe(confirmation)
  })
})

describe('look-alikes', () => {
  it.each([
    [`${A}/`, 'trailing_slash'],
    ['http://a.example/cb', 'scheme'],
    ['https://A.example/cb', 'host_case'],
    ['https://www.a.example/cb', 'www'],
    ['https://a.example:8443/cb', 'port'],
    ['https://a.example/CB', 'path_case'],
    ['https://a.example/%63b', 'percent_encoding'],
  ])('%s is taken for another, and pointed out as %s', (uri, difference) => {
    expect(findLookAlike(uri, [B, A])).toEqual({ uri: A, difference })
  })

  it.each([A, 'https://a.example/other', 'https://z.example/cb'])('%s is none, because nobody would mistake it', (uri) => {
    expect(findLookAlike(uri, [A, B])).toBeNull()
  })
})
