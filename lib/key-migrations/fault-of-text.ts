import type { CellFault, KeyFaultCode } from './key-fault'

/** What an editor doesn't show: it comes along when text is copied from a page or a mail. */
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}\u2028\u2029]/u

const CHARACTERS: readonly (readonly [KeyFaultCode, RegExp])[] = [
  ['nul', /\0/],
  ['wrong_encoding', /\uFFFD/],
  ['half_character', /\p{Cs}/u],
  ['control_character', /\p{Cc}/u],
]

/** What no cell may hold, whatever it is for. */
export function faultOfText(text: string): CellFault | null {
  for (const [fault, pattern] of CHARACTERS) {
    const found = pattern.exec(text)
    if (found) return { fault, character: nameOf(found[0]) }
  }
  if (/^#(REF!|N\/A|NAME\?|VALUE!|NULL!|DIV\/0!|NUM!)$/.test(text)) return { fault: 'spreadsheet_error' }
  return null
}

/** What a key or an id may not hold, while a name may: it joins letters in several scripts. */
export function faultOfToken(text: string): CellFault | null {
  const common = faultOfText(text)
  if (common) return common
  const found = INVISIBLE.exec(text)
  if (found) return { fault: 'invisible_character', character: nameOf(found[0]) }
  return /^=|^[@+-].*\(.*\)/.test(text) ? { fault: 'formula' } : null
}

function nameOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}
