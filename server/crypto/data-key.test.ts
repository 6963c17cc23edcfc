import fc from 'fast-check'
import { hkdfSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { dataKey } from './data-key'

test('the key of an envelope is what HKDF of the standard makes of it', () => {
  const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((array) => Buffer.from(array))
  fc.assert(
    fc.property(bytes, bytes, (kek, salt) => {
      expect(dataKey(kek, salt)).toEqual(Buffer.from(hkdfSync('sha256', kek, salt, 'keyrack envelope v1', 32)))
    }),
  )
})
