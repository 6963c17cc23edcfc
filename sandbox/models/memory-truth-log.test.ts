import { promisify } from 'node:util'
import { deflateRaw } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { createMemoryTruthLog } from './memory-truth-log'

const deflate = promisify(deflateRaw)

function filled(limit: number, records: number) {
  const log = createMemoryTruthLog(limit)
  for (let number = 1; number <= records; number += 1) {
    log.append({ type: 'credentials.refused', endpoint: 'identity/token', clientId: number % 2 ? 'odd' : 'even – 雪' }, number * 10)
  }
  return log
}

describe('the truth log in memory', () => {
  it.each([
    [5_000, 4_999],
    [5_000, 5_000],
    [5_000, 12_345],
    [2_000, 6_000],
    [3, 4_001],
  ])('holds exactly the latest %i of %i records, in order', (limit, records) => {
    const kept = filled(limit, records).read()
    const first = Math.max(1, records - limit + 1)
    expect(kept.map(({ sequence }) => sequence)).toEqual(Array.from({ length: records - first + 1 }, (_, index) => first + index))
    expect(kept.at(-1)?.at).toBe(records * 10)
  })

  it('reads what is later than a number, of one type and one API client', () => {
    const log = filled(10_000, 4_500)
    expect(log.read({ since: 4_498 }).map(({ sequence }) => sequence)).toEqual([4_499, 4_500])
    expect(log.read({ since: 1_997, clientId: 'even – 雪' }).slice(0, 2).map(({ sequence }) => sequence)).toEqual([1_998, 2_000])
    expect(log.read({ type: 'code.issued' })).toEqual([])
  })

  it('reads the same before, while and after its older part is packed', async () => {
    const log = filled(10_000, 9_000)
    const before = log.read()
    for (let round = 0; round < 10; round += 1) {
      await deflate(Buffer.alloc(1_000_000, 'as much work as the packing itself'))
      expect(log.read()).toEqual(before)
    }
  })

  it('hands out copies, because the log is append-only', () => {
    const log = filled(10, 1)
    Object.assign(log.read()[0] ?? {}, { at: 0 })
    expect(log.read()).toMatchObject([{ sequence: 1, at: 10 }])
  })
})
