import { describe, expect, it } from 'vitest'
import { checkSetUp, NO_MISTAKES } from './check-set-up'

const GOOD = {
  code: 'ABCDE-FGHJK-MNPQR-STUVW',
  organizationName: 'Aurora Hospitality Software',
  name: 'Giulia Ferrari',
  email: 'giulia@aurora.example',
  password: 'copper lantern walks seven',
}

describe('checkSetUp', () => {
  it('lets a complete form pass, so that the server decides about the code alone', () => {
    expect(checkSetUp(GOOD)).toBe(NO_MISTAKES)
  })

  it('names every empty field at once, because one at a time wastes turns', () => {
    const nothing = { code: ' ', organizationName: '', name: '', email: '', password: '' }
    expect(checkSetUp(nothing)).toEqual({
      code: 'wrong', organizationName: 'wrong', name: 'wrong', email: 'wrong', password: 'wrong',
    })
  })

  it('takes an address as its owner types it, with blanks around and capitals', () => {
    expect(checkSetUp({ ...GOOD, email: '  Giulia@Aurora.Example ' })).toBe(NO_MISTAKES)
    expect(checkSetUp({ ...GOOD, email: 'giulia@' })).toEqual({ email: 'wrong' })
  })

  it('refuses a password made of the own names, although it is long', () => {
    expect(checkSetUp({ ...GOOD, password: 'GiuliaFerrariAurora1' })).toEqual({ password: 'guessable' })
  })

  it('calls a short password short rather than guessable, because length comes first', () => {
    expect(checkSetUp({ ...GOOD, password: 'aaaa' })).toEqual({ password: 'wrong' })
  })
})
