import type { CidrBlock } from './cidr-block'
import { parseCidrBlock } from './parse-cidr-block'

/**
 * Reads a block that was stored in its one spelling.
 *
 * @throws TypeError for any other text: a list that cannot be read must not pass for a shorter one.
 */
export function canonicalBlock(text: string): CidrBlock {
  const parsed = parseCidrBlock(text)
  if ('block' in parsed && parsed.canonical === text) return parsed.block
  throw new TypeError('not a canonical IPv4 address or network')
}
