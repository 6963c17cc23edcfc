/** Rows as they lie under the fingers; each a little to the right of the one above. */
const LAYOUTS = [
  ['1234567890-=', 'qwertyuiop[]', "asdfghjkl;'", 'zxcvbnm,./'],
  ['1234567890', 'qwertzuiop', 'asdfghjkl', 'yxcvbnm,.-'],
  ['1234567890', 'azertyuiop', 'qsdfghjklm', 'wxcvbn,;:!'],
]
const SHIFTED = new Map([...'!@#$%^&*()'].map((sign, index) => [sign, '1234567890'[index] ?? sign]))
/** Shorter runs lie in many words. */
const SHORTEST_RUN = 3

const NEIGHBOURS: ReadonlySet<string> = new Set(LAYOUTS.flatMap(neighboursOf))

/**
 * What is left of a lower-case text when every run of three and more characters is taken out in which each is the one
 * before, its neighbour on a keyboard, or the next or last but one in the alphabet or among the digits.
 */
export function withoutWalks(text: string): string {
  const characters = [...text].map((character) => SHIFTED.get(character) ?? character)
  let left = ''
  let run: string[] = []
  const close = () => {
    if (run.length < SHORTEST_RUN) left += run.join('')
    run = []
  }
  for (const character of characters) {
    const last = run.at(-1)
    if (last !== undefined && !isStep(last, character)) close()
    run.push(character)
  }
  close()
  return left
}

function isStep(from: string, to: string): boolean {
  return from === to || NEIGHBOURS.has(from + to) || (isCounted(from) && isCounted(to) && isNext(from, to))
}

function isCounted(character: string): boolean {
  return /^[a-z0-9]$/.test(character)
}

function isNext(from: string, to: string): boolean {
  const distance = Math.abs((from.codePointAt(0) ?? 0) - (to.codePointAt(0) ?? 0))
  return distance === 1 || (distance === 9 && /^\d$/.test(from) && /^\d$/.test(to))
}

/** Every pair of keys that touch: in a row, and in the row below straight or to the left. */
function neighboursOf(rows: readonly string[]): string[] {
  return rows.flatMap((row, y) =>
    [...row].flatMap((key, x) => {
      const below = rows[y + 1] ?? ''
      const touched = [row[x + 1], below[x], below[x - 1]].filter((each) => each !== undefined)
      return touched.flatMap((each) => [key + each, each + key])
    }),
  )
}
