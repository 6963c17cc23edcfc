import { showInvisible } from '@/lib/text/show-invisible'

const MOST_CHARACTERS = 2_000

/** A fact of an entry as text; a dash for none. */
export function shownFact(value: unknown): string {
  if (value === undefined || value === null || value === '') return '–'
  return showInvisible(typeof value === 'string' ? value : JSON.stringify(value), MOST_CHARACTERS)
}
