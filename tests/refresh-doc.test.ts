import { describe, expect, test } from 'vitest'
import { LADDER, nextState, type ConnectionState, type RungName } from '@/lib/refresh/ladder'
import { readSource } from './source-files'

const rungs = Object.keys(LADDER) as RungName[]
const failures = rungs.filter((rung) => rung !== 'granted' && rung !== 'dead')
const states: ConnectionState[] = ['connected', 'refresh_failing', 'reconnect_required', 'disconnected']

/** As docs/refresh.md writes it. */
function toRow(rung: RungName): string {
  const { answer, state, cause, next, turn, besides } = LADDER[rung]
  return `| \`${rung}\` | ${answer} | \`${state}\` | ${cause ? `\`${cause}\`` : '–'} | \`${next}\` | ${turn ?? 'nobody'} | ${besides || '–'} |`
}

describe('docs/refresh.md', () => {
  const doc = readSource('docs/refresh.md')

  test.each(rungs)('shows the rung %s as the code has it', (rung) => {
    expect(doc).toContain(toRow(rung))
  })

  test('has no row that the code does not have', () => {
    const table = doc.split('\n').filter((line) => /^\| `[a-z_]+` \|(?:[^|]*\|){6}$/.test(line))
    expect(table).toEqual(rungs.map(toRow))
  })

  test('shows what each state becomes, by the code’s own rule', () => {
    for (const state of states) {
      const ends = (chosen: readonly RungName[]) => [...new Set(chosen.map((rung) => nextState(state, rung)))].map((each) => `\`${each}\``).join(', ')
      const row = `| \`${state}\` | ${ends(['granted'])} | ${ends(failures)} | ${ends(['dead'])} |`
      expect(doc).toContain(row)
    }
  })
})
