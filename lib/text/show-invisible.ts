/** All but the two variation selectors that only choose between an emoji's pictures. */
const INVISIBLE =
  /(?![\ufe0e\ufe0f])[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb\ufffe\uffff]/gu
const DEFAULT_MAX_CHARACTERS = 256

/**
 * Makes a text from upstream fit to be shown: characters that are unseen or reorder what is seen (bidi
 * controls, zero-width characters, control characters, lone surrogates) appear as `⟨U+202E⟩`, and after
 * `maxCharacters` code points the rest becomes `…`. It is not HTML escaping.
 */
export function showInvisible(text: string, maxCharacters = DEFAULT_MAX_CHARACTERS): string {
  if (text.length <= maxCharacters && text.search(INVISIBLE) === -1) return text
  const characters = Array.from(text.slice(0, maxCharacters * 2 + 2))
  const shown = characters.slice(0, maxCharacters).join('')
  return shown.replaceAll(INVISIBLE, nameOf) + (characters.length > maxCharacters ? '…' : '')
}

function nameOf(character: string): string {
  return `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`
}
