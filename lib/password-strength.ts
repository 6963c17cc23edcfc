const FEWEST_DIFFERENT_CHARACTERS = 6
const SEQUENCES = ['abcdefghijklmnopqrstuvwxyz', '01234567890123456789', 'qwertyuiopasdfghjklzxcvbnm', 'qwertzuiopasdfghjklyxcvbnm']
const COMMON = [
  'password', 'passwort', 'contraseña', 'motdepasse', 'letmein', 'welcome', 'qwerty', 'iloveyou', 'administrator', 'admin',
  'changeme', 'secret', 'monkey', 'dragon', 'football', 'baseball', 'superman', 'sunshine', 'princess', 'trustno', 'master',
  'hotel', 'keyrack', 'octorate', 'test', 'demo',
]

/**
 * True when a password of sufficient length is nevertheless among the first that are tried: few different characters,
 * one unit repeated, a keyboard run, or nothing but common words, the person's own words and digits.
 */
export function isGuessable(password: string, personal: readonly string[]): boolean {
  const text = password.normalize('NFKC').toLowerCase()
  if (new Set(text).size < FEWEST_DIFFERENT_CHARACTERS) return true
  if (/^(.{1,7})\1+.{0,6}$/u.test(text)) return true
  const reversed = [...text].reverse().join('')
  if (SEQUENCES.some((run) => run.includes(text) || run.includes(reversed))) return true
  const own = personal.map((entry) => entry.normalize('NFKC').trim().toLowerCase())
  const words = [...COMMON, ...own, ...own.flatMap((entry) => entry.split(/[^\p{L}\p{N}]+/u))]
  return remainder(text, words.filter((word) => word.length >= 4)).length < FEWEST_DIFFERENT_CHARACTERS
}

/** What is left of a password when known words, digits and signs are taken out. */
function remainder(text: string, words: readonly string[]): string {
  const longestFirst = words.toSorted((a, b) => b.length - a.length)
  const without = longestFirst.reduce((rest, word) => rest.replaceAll(word, ''), text)
  return without.replace(/[\P{L}]/gu, '')
}
