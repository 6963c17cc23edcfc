import type { OpenLine } from './find-open-lines'
import type { NewRow } from './to-rows'

interface Issue {
  readonly path: string
  readonly message: 'changed' | 'added' | 'missing'
}

/** More would help nobody. */
const MOST = 100

/** In what a file differs from migrations that are not over: by line number of the file, or of those where it lacks one. */
export function differenceTo(open: readonly OpenLine[], rows: readonly NewRow[]): Issue[] {
  const theirs = new Map(open.map((line) => [line.propertyId, line]))
  const mine = new Set(rows.map(({ propertyId }) => propertyId))
  const ofMine = rows.flatMap(({ number, propertyId, fingerprint, name }): Issue[] => {
    const other = theirs.get(propertyId)
    if (!other) return [{ path: `${number}`, message: 'added' }]
    if (other.fingerprint !== fingerprint) return [{ path: `${number}.key`, message: 'changed' }]
    return other.name === name ? [] : [{ path: `${number}.name`, message: 'changed' }]
  })
  const missing = open.filter(({ propertyId }) => !mine.has(propertyId)).map(({ number }): Issue => ({ path: `${number}`, message: 'missing' }))
  return [...ofMine, ...missing].slice(0, MOST)
}
