import { describe, expect, it } from 'vitest'
import { initialsOf } from './initials'

describe('initialsOf', () => {
  it.each([
    ['Giulia Ferrante', 'GF'],
    ['Anna Maria de Luca', 'AL'],
    ['cher', 'C'],
    ['marco.rossi@example.com', 'MR'],
    ['北京 饭店', '北饭'],
    ['«Ōsaka» (Inn)', 'ŌI'],
    ['𝒜da', '𝒜'],
    ['  ', '·'],
    ['', '·'],
  ])('turns %j into %j', (name, initials) => {
    expect(initialsOf(name)).toBe(initials)
  })
})
