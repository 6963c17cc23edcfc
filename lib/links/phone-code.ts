/** No vowel and no look-alike: nothing that is a word, nothing that is taken for something else on a phone or on paper. */
const ALPHABET = 'CDFHJKMNPRTVWX34679'
const LENGTH = 8
/** The largest multiple of the alphabet's length below 256: bytes above would make some characters likelier. */
const FAIR_BYTES = Math.floor(256 / ALPHABET.length) * ALPHABET.length

export const PHONE_CODE_LIFETIME_MS = 30 * 60_000

/** Eight characters from random bytes; more than enough bytes have to be given, or it throws. */
export function makePhoneCode(bytes: Uint8Array): string {
  const fair = [...bytes].filter((byte) => byte < FAIR_BYTES).slice(0, LENGTH)
  if (fair.length < LENGTH) throw new RangeError('too few random bytes')
  return fair.map((byte) => ALPHABET[byte % ALPHABET.length]).join('')
}

/** As it is read aloud: two groups of four. */
export function showPhoneCode(code: string): string {
  return `${code.slice(0, 4)}-${code.slice(4)}`
}

/** What somebody typed, in any case and with any spaces and dashes; null when it cannot be a code. */
export function parsePhoneCode(typed: unknown): string | null {
  if (typeof typed !== 'string' || typed.length > 40) return null
  const code = typed.toUpperCase().replace(/[\s\-–—.]/g, '')
  return code.length === LENGTH && [...code].every((character) => ALPHABET.includes(character)) ? code : null
}
