import 'server-only'
import { randomInt } from 'node:crypto'
import { digest } from '../crypto/digest'
import { db } from '../db'

/** No letter or digit that is easily taken for another. */
const ALPHABET = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'
const GROUPS = 4
const GROUP_LENGTH = 5

/** A new one-time code for an empty database, about 99 bits; null when there is an owner already. */
export async function issueSetUpCode(): Promise<string | null> {
  if (!(await isSetUpOpen())) return null
  const group = () => Array.from({ length: GROUP_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
  const code = Array.from({ length: GROUPS }, group).join('-')
  await db().setUpCode.create({ data: { digest: digest(code) } })
  return code
}

/** True until the first user exists. */
export async function isSetUpOpen(): Promise<boolean> {
  return (await db().user.findFirst({ select: { id: true } })) === null
}

/** What a person typed, as it was printed: case and blanks do not matter. */
export function normaliseSetUpCode(typed: string): string {
  return typed.replace(/\s+/g, '').toUpperCase()
}
