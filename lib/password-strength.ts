import { withoutWalks } from './keyboard-walk'

const FEWEST_DIFFERENT_CHARACTERS = 6
/** Short walks lie in every random text; only a password that is little else is refused. */
const MOST_BESIDE_WALKS = 3
const COMMON = [
  'password', 'passwort', 'passwd', 'contraseña', 'motdepasse', 'wachtwoord', 'letmein', 'welcome', 'qwerty', 'iloveyou', 'administrator',
  'admin', 'changeme', 'secret', 'monkey', 'dragon', 'football', 'baseball', 'superman', 'batman', 'sunshine', 'princess', 'trustno',
  'master', 'shadow', 'whatever', 'forever', 'computer', 'internet', 'pokemon', 'freedom', 'hello', 'world', 'login', 'guest', 'access',
  'default', 'temporary', 'spring', 'summer', 'autumn', 'winter', 'sommer', 'january', 'february', 'monday', 'tuesday', 'friday',
  'this', 'super', 'jesus', 'christ', 'family', 'love', 'hotel', 'reservation', 'channelmanager', 'keyrack', 'octorate', 'test', 'demo',
]
/** Whole phrases of fifteen letters and more that stand on the lists, by their letters alone. */
const PHRASES = [
  'correcthorsebatterystaple', 'jesuschristislord', 'jesusismysavior', 'newkidsontheblock', 'tottenhamhotspur', 'manchesterunited',
  'backstreetboys', 'chocolatechip', 'leavemealone', 'welcometothejungle', 'thequickbrownfox', 'loremipsumdolor', 'letmeinplease',
  'maytheforcebewithyou', 'onceuponatime', 'knockknockwhosthere', 'iloveyousomuch', 'iloveyouverymuch', 'openthedoorplease',
]
/** How letters are written to look clever. */
const DISGUISES = new Map(Object.entries({ '@': 'a', '4': 'a', '3': 'e', '1': 'i', '!': 'i', '0': 'o', '5': 's', $: 's', '7': 't' }))

/**
 * True when a password of sufficient length is nevertheless among the first that are tried: few different characters,
 * one unit repeated, walks over the keyboard, the alphabet or the digits, two such woven into each other, a phrase that
 * stands on every list, or nothing but common words, the person's own words and digits.
 */
export function isGuessable(password: string, personal: readonly string[]): boolean {
  const text = password.normalize('NFKC').toLowerCase()
  if (new Set(text).size < FEWEST_DIFFERENT_CHARACTERS) return true
  if (/^(.+)\1+.{0,6}$/u.test(text)) return true
  const own = personal.map((entry) => entry.normalize('NFKC').trim().toLowerCase())
  const words = [...COMMON, ...own, ...own.flatMap((entry) => entry.split(/[^\p{L}\p{N}]+/u))].filter((word) => word.length >= 4)
  const readings = [text, text.replace(/[@431!05$7]/g, (sign) => DISGUISES.get(sign) ?? sign)]
  if (withoutWalks(text).length <= MOST_BESIDE_WALKS || isWoven(text)) return true
  return readings.some((reading) => isPhrase(reading) || isLittleElse(reading, words))
}

/** Every other character is a walk: a1b2c3d4 … */
function isWoven(text: string): boolean {
  const characters = [...text]
  return [0, 1].every((start) => withoutWalks(characters.filter((_, index) => index % 2 === start).join('')) === '')
}

function isPhrase(text: string): boolean {
  const letters = text.replace(/[\P{L}]/gu, '')
  return PHRASES.some((phrase) => letters.includes(phrase) && letters.length - phrase.length < FEWEST_DIFFERENT_CHARACTERS)
}

/** Hardly a letter is left when known words are taken out; or there never was one. */
function isLittleElse(text: string, words: readonly string[]): boolean {
  const longestFirst = words.toSorted((a, b) => b.length - a.length)
  const without = longestFirst.reduce((rest, word) => rest.replaceAll(word, ' '), text)
  const letters = without.replace(/[\P{L}]/gu, '').length
  return without === text ? letters === 0 : letters < FEWEST_DIFFERENT_CHARACTERS
}
