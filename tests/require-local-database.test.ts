import { describe, expect, test } from 'vitest'
import { requireLocalDatabase } from './require-local-database'

describe('the guard of the tests’ database', () => {
  test.each(['postgresql://u:p@localhost/k', 'postgres://u:p@127.0.0.1:5432/k', 'postgresql://u:p@[::1]/k', ''])(
    'lets %j pass, because it is on this machine or names none',
    (value) => {
      expect(() => requireLocalDatabase({ DATABASE_URL: value, DATABASE_OWNER_URL: value })).not.toThrow()
    },
  )

  test.each([
    'postgresql://u:p@db.example.com/k',
    'postgresql://u:p@192.0.2.10/k',
    'postgresql://u:p@localhost.example.com/k',
    'postgresql://u:p@localhost/k?host=db.example.com',
    'postgresql:///k?hostaddr=192.0.2.10',
    'not an address',
  ])('refuses %j without repeating it, because a test would wipe what is there', (value) => {
    for (const name of ['DATABASE_URL', 'DATABASE_OWNER_URL']) {
      const refuse = () => requireLocalDatabase({ [name]: value })
      expect(refuse).toThrow(`${name} names a database that is not on this machine`)
      expect(refuse).not.toThrow(value)
    }
  })
})
