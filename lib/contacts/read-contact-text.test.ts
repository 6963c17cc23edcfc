import { describe, expect, test } from 'vitest'
import { MOST_CONTACT_LINES, readContactText } from './read-contact-text'

const CONNECTION = '0193f5a2-7b1c-7d3e-8f4a-123456789abc'

describe('a file of contacts', () => {
  test('names its columns in any order and language, with comma, semicolon or tab; what is empty is left out', () => {
    const { fault, lines } = readContactText(`Telefono;Nome;ID struttura;E-Mail;Lingua\r\n+39 06 1;Anna;324410;anna@hotel.example;it-IT\r\n;;455301;greta@becker.example;\r\n`)
    expect(fault).toBeNull()
    expect(lines).toMatchObject([
      { number: 2, propertyId: '324410', connectionId: null, given: { name: 'Anna', email: 'anna@hotel.example', phone: '+39 06 1', language: 'it' } },
      { number: 3, propertyId: '455301', given: { email: 'greta@becker.example' } },
    ])
    expect(Object.keys((lines[1] as { given: object }).given)).toEqual(['email'])
  })

  test('may name the connection instead of the property', () => {
    expect(readContactText(`connection id\tname\n${CONNECTION.toUpperCase()}\tAnna`).lines).toMatchObject([{ connectionId: CONNECTION, propertyId: null }])
  })

  test.each([
    ['', 'empty_file'],
    ['property id,name', 'empty_file'],
    ['PK\u0003\u0004xxxx', 'spreadsheet_file'],
    ['p\0r\0o\0', 'utf16'],
    ['name,email\nAnna,anna@hotel.example', 'no_id_column'],
    ['property id,stars\n324410,5', 'no_contact_column'],
    ['property id,email,mail\n324410,a@b.example,c@d.example', 'duplicate_header'],
    [`property id,name\n${'1,Anna\n'.repeat(MOST_CONTACT_LINES + 1)}`, 'too_many_lines'],
  ])('%j is refused as a whole: %s', (text, fault) => {
    expect(readContactText(text)).toEqual({ fault, lines: [] })
  })

  test.each([
    ['324410,Anna,anna@hotel,,', 3, 'email_malformed'],
    ['324410,Anna,anna@hotel.example bcc@evil.example,,', 3, 'email_malformed'],
    ['324410,Anna,"anna@hotel.example\nBcc: x@evil.example",,', 3, 'control_character'],
    ['324410,Anna,,call me,', 4, 'phone_malformed'],
    ['324410,Anna,,,klingon', 5, 'language_unknown'],
    ['3.2441E+05,Anna,,,', 1, 'id_rounded'],
    [',Anna,,,', 1, 'id_missing'],
    ['324410,,,,', 3, 'nothing_given'],
    ['324 410,Anna,,,', 1, 'unknown_property'],
    [`324410,${'A'.repeat(121)},,,`, 2, 'name_too_long'],
    ['324410,#REF!,,,', 2, 'spreadsheet_error'],
    ['324410,An\uFFFDa,,,', 2, 'wrong_encoding'],
    ['324410,Anna,,,,surplus', 6, 'too_many_cells'],
    ['324410,"Anna,,,', 2, 'unclosed_quote'],
    ['324410,"Anna" x,,,', 2, 'text_after_quote'],
  ])('the line %j is wrong in cell %d: %s', (line, column, fault) => {
    expect(readContactText(`property id,name,email,phone,language\n${line}\n324417,Bea,,,`).lines).toMatchObject([
      { number: 2, column, fault }, { propertyId: '324417', given: { name: 'Bea' } },
    ])
  })
})
