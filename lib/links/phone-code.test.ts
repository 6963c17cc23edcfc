import { describe, expect, it } from 'vitest'
import { makePhoneCode, parsePhoneCode, showPhoneCode } from './phone-code'

const randomBytes = (count: number) => crypto.getRandomValues(new Uint8Array(count))

describe('a phone code', () => {
  it('has eight characters that nobody takes for others', () => {
    for (let round = 0; round < 1_000; round += 1) expect(makePhoneCode(randomBytes(32))).toMatch(/^[CDFHJKMNPRTVWX34679]{8}$/)
  })

  it('uses every character about equally often, because a byte above the last whole round is left out', () => {
    const counts = new Map<string, number>()
    for (let byte = 0; byte < 256; byte += 1) {
      if (byte >= 247) continue
      const [first = ''] = makePhoneCode(Uint8Array.from({ length: 8 }, () => byte))
      counts.set(first, (counts.get(first) ?? 0) + 1)
    }
    expect(new Set(counts.values())).toEqual(new Set([13]))
    expect(counts.size).toBe(19)
    expect(() => makePhoneCode(Uint8Array.from({ length: 32 }, () => 255))).toThrow('too few random bytes')
  })

  it('is read however it is typed', () => {
    const code = makePhoneCode(randomBytes(32))
    for (const typed of [code, code.toLowerCase(), showPhoneCode(code), ` ${code.slice(0, 4)} ${code.slice(4)} `, `${code.slice(0, 2)}–${code.slice(2)}`]) {
      expect(parsePhoneCode(typed)).toBe(code)
    }
  })

  it.each([null, undefined, 7, '', 'CDFH', 'CDFHJKMNP', 'CDFHJKMO', 'CDFHJKM0', 'ЅDFHJKMN', 'C'.repeat(41)])('is not %j', (typed) => {
    expect(parsePhoneCode(typed)).toBeNull()
  })
})
