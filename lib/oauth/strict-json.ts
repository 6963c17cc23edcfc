export type StrictJson =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly reason: 'syntax' | 'duplicate_key' | 'too_deep' }

const DEEPEST = 32

/**
 * Reads JSON as `JSON.parse` does, but refuses what hides a second meaning: an object that names a key
 * twice (the last would silently win) and nesting deeper than 32. Never throws.
 */
export function parseStrictJson(text: string): StrictJson {
  if (isTooDeep(text)) return { ok: false, reason: 'too_deep' }
  const value = parse(text)
  if (value === undefined) return { ok: false, reason: 'syntax' }
  return hasDuplicateKey(text) ? { ok: false, reason: 'duplicate_key' } : { ok: true, value }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isTooDeep(text: string): boolean {
  let depth = 0
  for (const { token } of tokens(text)) {
    if (token === '{' || token === '[') depth += 1
    if (token === '}' || token === ']') depth -= 1
    if (depth > DEEPEST) return true
  }
  return false
}

/** Expects text that `JSON.parse` takes: there, a string followed by a colon is always a key. */
function hasDuplicateKey(text: string): boolean {
  const open: Array<Set<string>> = []
  for (const { token, isKey } of tokens(text)) {
    if (token === '{' || token === '[') open.push(new Set())
    if (token === '}' || token === ']') open.pop()
    if (!isKey) continue
    const key = String(JSON.parse(token))
    const keys = open.at(-1)
    if (keys?.has(key)) return true
    keys?.add(key)
  }
  return false
}

/** Brackets and strings with their quotes, in order. */
function* tokens(text: string): Generator<{ token: string; isKey: boolean }> {
  let index = 0
  while (index < text.length) {
    const character = text.charAt(index)
    const end = character === '"' ? endOfString(text, index) : index + 1
    if ('{}[]'.includes(character)) yield { token: character, isKey: false }
    if (character === '"') yield { token: text.slice(index, end), isKey: isFollowedByColon(text, end) }
    index = end
  }
}

function endOfString(text: string, start: number): number {
  let index = start + 1
  while (index < text.length && text[index] !== '"') index += text[index] === '\\' ? 2 : 1
  return Math.min(index + 1, text.length)
}

function isFollowedByColon(text: string, start: number): boolean {
  let index = start
  while (' \t\r\n'.includes(text.charAt(index)) && index < text.length) index += 1
  return text[index] === ':'
}
