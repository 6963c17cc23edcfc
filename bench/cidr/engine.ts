import { MOST_IMPORT_LINES } from '@/contracts/address-lists'
import type { CidrBlock } from '@/lib/net/cidr-block'
import { findFindings } from '@/lib/net/find-findings'
import { makeAddressMatcher } from '@/lib/net/make-address-matcher'
import { parseCidrBlock } from '@/lib/net/parse-cidr-block'
import { splitEntries } from '@/lib/net/split-entries'

/** As the console reads a stored list: each text by the strict parser, then the matcher. */
export function buildMatcher(texts: readonly string[]): (address: string) => boolean {
  return makeAddressMatcher(texts.map(readBlock)).has
}

/** As an import looks at a paste: taken apart, parsed, and every finding of every line. @returns how many findings there are */
export function judgeLines(text: string): { lines: number; findings: number } {
  const entries = splitEntries(text)
  if (entries.length > MOST_IMPORT_LINES) throw new Error('more lines than an import takes')
  const findings = findFindings(entries.map((entry) => readBlock(entry.text)))
  return { lines: entries.length, findings: findings.reduce((sum, each) => sum + each.length, 0) }
}

function readBlock(text: string): CidrBlock {
  const parsed = parseCidrBlock(text)
  if (!('block' in parsed)) throw new Error(`not a block: ${text}`)
  return parsed.block
}
