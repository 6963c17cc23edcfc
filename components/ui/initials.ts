const LETTER = /[\p{L}\p{N}]/u

/**
 * Up to two initials of a name, in any script: first and last word that begin with a letter or a digit.
 * A mail address gives those of its part before the at sign. An empty name gives a middle dot.
 */
export function initialsOf(name: string): string {
  const [local = ''] = name.split('@')
  const words = local.split(/[\s._-]+/u).filter((word) => LETTER.test(word))
  const first = firstLetter(words[0])
  const last = words.length > 1 ? firstLetter(words.at(-1)) : ''
  return (first + last).toLocaleUpperCase('en') || '·'
}

function firstLetter(word: string | undefined): string {
  return Array.from(word ?? '').find((character) => LETTER.test(character)) ?? ''
}
