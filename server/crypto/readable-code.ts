import { randomInt } from 'node:crypto'

/** No letter or digit that is easily taken for another. */
const ALPHABET = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'
const GROUPS = 4
const GROUP_LENGTH = 5

/** A random code that a person can read and type, such as `K7Q2M-…`: about 99 bits. */
export function makeReadableCode(): string {
  const group = () => Array.from({ length: GROUP_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
  return Array.from({ length: GROUPS }, group).join('-')
}

/** What a person typed, as it was shown: case and blanks do not matter. */
export function normaliseReadableCode(typed: string): string {
  return typed.replace(/\s+/g, '').toUpperCase()
}
