const MOST_CHARACTERS = 300

/**
 * Text from outside as a database can keep and index it: no NUL, no lone surrogate, at most 300 characters.
 * How it looks on a page is another matter: see show-invisible.ts.
 */
export function storable(text: string): string {
  const clean = text.toWellFormed().replaceAll('\0', '\uFFFD')
  const characters = [...clean]
  return characters.length > MOST_CHARACTERS ? `${characters.slice(0, MOST_CHARACTERS - 1).join('')}…` : clean
}
