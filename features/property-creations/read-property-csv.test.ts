import { describe, expect, it } from 'vitest'
import { readPropertyCsv } from './read-property-csv'

const FLAGS = { acceptDuplicates: false, welcomeUser: false }
const HEAD = 'name,givenName,familyName,email'
const read = (text: string) => readPropertyCsv(text, FLAGS)

describe('a file of new properties', () => {
  it('is read by its heading, whatever the order and the spelling of its columns', () => {
    expect(read('email;Family name;given_name;NAME;latitude\nada@casa.example;Neri;Ada;Casa Nuova;41,9\n')).toEqual({
      kind: 'lines',
      lines: [{ number: 2, name: 'Casa Nuova', wrong: [], property: { name: 'Casa Nuova', givenName: 'Ada', familyName: 'Neri', email: 'ada@casa.example', latitude: 41.9, ...FLAGS } }],
    })
  })

  it('names the columns that are missing, and the fields that are not right by line', () => {
    expect(read('name,email\nCasa,a@b.example')).toEqual({ kind: 'columns', missing: ['givenName', 'familyName'] })
    const file = read(`${HEAD},country\nCasa,Ada,Neri,no mail,Italy\n,Ada,Neri,a@b.example,IT`)
    expect(file.kind === 'lines' && file.lines.map(({ number, wrong }) => [number, wrong])).toEqual([[2, ['email', 'country']], [3, ['name']]])
  })

  it('is empty without a line, and has at most a hundred', () => {
    expect(read(HEAD)).toEqual({ kind: 'empty' })
    expect(read([HEAD, ...Array.from({ length: 101 }, () => 'Casa,Ada,Neri,a@b.example')].join('\n'))).toEqual({ kind: 'too_many' })
  })
})
