import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import vectors from '../../tests/vectors/cidr-sets.json'
import { canonicalBlock } from './canonical-block'
import { cidrSize, formatCidrBlock, networkOf, type CidrBlock } from './cidr-block'
import { findFindings } from './find-findings'
import { coveredRanges, isMergeOf, mergeBlocks } from './merge-blocks'
import { splitEntries } from './split-entries'

const blocksOf = (texts: readonly string[]) => texts.map((text) => canonicalBlock(text))
const findingsOf = (...texts: string[]) => findFindings(blocksOf(texts))
const mergedTexts = (...texts: string[]) => mergeBlocks(blocksOf(texts)).map(({ block }) => formatCidrBlock(block))

describe('findings', () => {
  test('name the line that has the same already', () => {
    expect(findingsOf('8.8.8.8', '8.8.8.8')).toEqual([[], [{ code: 'duplicate', otherLine: 1 }]])
  })

  test.each([
    [['8.8.8.0/24', '8.8.8.8'], 1, 0],
    [['8.8.8.8', '8.8.8.0/24'], 0, 1],
  ])('of %j tell which one is covered, whichever comes first', (texts, covered, holder) => {
    const findings = findingsOf(...texts)
    expect(findings[covered]).toEqual([{ code: 'contained', otherLine: holder + 1 }])
    expect(findings[holder]).toEqual([{ code: 'overlapping', count: 1 }])
  })

  test('of two halves and their whole tell of the whole, and not that the halves are neighbours', () => {
    expect(findingsOf('8.8.8.0/24', '8.8.8.0/25', '8.8.8.128/25')).toEqual([
      [{ code: 'overlapping', count: 2 }], [{ code: 'contained', otherLine: 1 }], [{ code: 'contained', otherLine: 1 }],
    ])
  })

  test('of four quarters tell of the one network that they make', () => {
    const findings = findingsOf('8.8.8.0/26', '8.8.8.64/26', '8.8.8.128/26', '8.8.8.192/26')
    expect(findings).toEqual(Array.from({ length: 4 }, () => [{ code: 'adjacent', merged: '8.8.8.0/24' }]))
  })

  test('tell of two halves of everything that they add up to it', () => {
    expect(findingsOf('0.0.0.0/1', '128.0.0.0/1')).toEqual([
      [{ code: 'wide' }, { code: 'adjacent', merged: '0.0.0.0/0' }], [{ code: 'wide' }, { code: 'adjacent', merged: '0.0.0.0/0' }],
    ])
    expect(findingsOf('0.0.0.0/0')).toEqual([[{ code: 'everything' }]])
  })

  test('tell of addresses that no server far away ever sees', () => {
    expect(findingsOf('10.1.2.3')).toEqual([[{ code: 'reserved', reserved: 'private' }]])
    expect(findingsOf('224.0.0.0/4')).toEqual([[{ code: 'reserved', reserved: 'multicast' }, { code: 'wide' }]])
  })

  test('do not call neighbours what makes no network together', () => {
    expect(findingsOf('8.8.8.1', '8.8.8.2')).toEqual([[], []])
  })
})

describe('the given lists', () => {
  const everything = [{ code: 'wide' }, { code: 'adjacent', merged: '0.0.0.0/0' }]
  const quarter = [{ code: 'adjacent', merged: '8.8.8.0/24' }]
  const inFirst = [{ code: 'contained', otherLine: 1 }]
  /** What each list has to be told; three of them are about more than findings, and are tried where that is. */
  const TOLD: Readonly<Record<string, unknown>> = {
    '8.8.8.8 ; 8.8.8.8': [[], [{ code: 'duplicate', otherLine: 1 }]],
    '8.8.8.8 ; 8.8.8.8/32': [[], [{ code: 'duplicate', otherLine: 1 }]],
    '8.8.8.0/24 ; 8.8.8.8': [[{ code: 'overlapping', count: 1 }], inFirst],
    '8.8.8.8 ; 8.8.8.0/24': [[{ code: 'contained', otherLine: 2 }], [{ code: 'overlapping', count: 1 }]],
    '8.8.8.0/24 ; 8.8.8.0/25 ; 8.8.8.128/25': [[{ code: 'overlapping', count: 2 }], inFirst, inFirst],
    '8.8.8.0/26 ×4 consecutive': [quarter, quarter, quarter, quarter],
    '0.0.0.0/1 ; 128.0.0.0/1': [everything, everything],
  }
  const ELSEWHERE = ['10 000 random /32', 'empty list', '8.8.8.8, 9.9.9.9; 1.1.1.1⏎ 8.8.4.4 # dns']
  const textsOf = (list: string) =>
    list.includes('×4') ? ['8.8.8.0/26', '8.8.8.64/26', '8.8.8.128/26', '8.8.8.192/26'] : splitEntries(list).map(({ text }) => text)
  // A /32 is stored without its length.
  const canonical = (text: string) => text.replace(/\/32$/, '')

  test.each(vectors.filter(({ list }) => !ELSEWHERE.includes(list)))('$list are $finding: $answer', ({ list }) => {
    expect(findingsOf(...textsOf(list).map(canonical))).toEqual(TOLD[list])
  })
})

describe('a merge', () => {
  test('keeps the order of the list, and names what each network replaces', () => {
    expect(mergedTexts('9.9.9.9', '8.8.8.128/25', '1.1.1.1', '8.8.8.0/25')).toEqual(['9.9.9.9', '8.8.8.0/24', '1.1.1.1'])
    expect(mergeBlocks(blocksOf(['9.9.9.9', '8.8.8.128/25', '8.8.8.0/25'])).map(({ places }) => places)).toEqual([[0], [1, 2]])
  })

  test('of nothing is nothing', () => {
    expect(mergedTexts()).toEqual([])
  })
})

/** Somewhere in one /16, so that a bitmap of it can tell what is true. */
const SIZE = 65_536
const BASE = 0x08080000
const lists = fc.array(
  fc.tuple(fc.nat(SIZE - 1), fc.integer({ min: 16, max: 32 })).map(([low, prefixLength]): CidrBlock => ({ network: networkOf(BASE + low, prefixLength), prefixLength })),
  { minLength: 1, maxLength: 40 },
)

function bitmapOf(blocks: readonly CidrBlock[]): Uint8Array {
  const bits = new Uint8Array(SIZE)
  for (const block of blocks) bits.fill(1, block.network - BASE, block.network - BASE + cidrSize(block))
  return bits
}

test('findings and merges agree with a bitmap of a /16, on two thousand lists', { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(lists, (blocks) => {
      const bits = bitmapOf(blocks)
      const merges = mergeBlocks(blocks)
      expect(Buffer.from(bitmapOf(merges.map(({ block }) => block))).equals(Buffer.from(bits))).toBe(true)
      expect(merges.flatMap(({ places }) => places).sort((a, b) => a - b)).toEqual([...blocks.keys()])
      expect(merges.length).toBe(fewestBlocks(bits))
      const covered = coveredRanges(blocks).reduce((sum, { first, last }) => sum + last - first + 1, 0)
      expect(covered).toBe(Buffer.from(bits).toString('latin1').replaceAll('\u0000', '').length)
      for (const [place, findings] of findFindings(blocks).entries()) expect(told(findings)).toEqual(truth(blocks, bits, place))
      const isSame = merges.every((merge) => !isMergeOf(merge, blocks))
      expect(isSame).toBe(findFindings(blocks).every((findings) => told(findings).every((code) => code === 'reserved')))
    }),
    { numRuns: 2_000 },
  )
})

const told = (findings: readonly { code: string }[]) => findings.map(({ code }) => code).sort()

/** Asks the bitmap and every other block, without sorting and without ranges. */
function truth(blocks: readonly CidrBlock[], bits: Uint8Array, place: number): string[] {
  const own = blocks[place] ?? { network: 0, prefixLength: 0 }
  const holds = (a: CidrBlock, b: CidrBlock) => a.prefixLength < b.prefixLength && networkOf(b.network, a.prefixLength) === a.network
  const isContained = blocks.some((other) => holds(other, own))
  const parent = { network: networkOf(own.network, own.prefixLength - 1), prefixLength: own.prefixLength - 1 }
  const isParentFull = own.prefixLength > 16 && !bits.subarray(parent.network - BASE, parent.network - BASE + cidrSize(parent)).includes(0)
  return [
    ...(isParentFull && !isContained ? ['adjacent'] : []),
    ...(isContained ? ['contained'] : []),
    ...(blocks.some((other, at) => at < place && formatCidrBlock(other) === formatCidrBlock(own)) ? ['duplicate'] : []),
    ...(blocks.some((other) => holds(own, other)) ? ['overlapping'] : []),
  ]
}

/** From the top down: a network that is full is one, another one is cut in two. */
function fewestBlocks(bits: Uint8Array): number {
  if (!bits.includes(0)) return 1
  if (!bits.includes(1)) return 0
  return fewestBlocks(bits.subarray(0, bits.length / 2)) + fewestBlocks(bits.subarray(bits.length / 2))
}
