export type StrictJson =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly reason: 'syntax' | 'duplicate_key' | 'too_deep' }

const DEEPEST = 32

/**
 * Reads JSON as `JSON.parse` does, but refuses what hides a second meaning: an object that names a key
 * twice (the last would silently win) and nesting deeper than 32. Never throws.
 */
export function parseStrictJson(text: string): StrictJson {
  const fault = findFault(text)
  if (fault === 'too_deep') return { ok: false, reason: fault }
  const value = parse(text)
  if (value === undefined) return { ok: false, reason: 'syntax' }
  return fault ? { ok: false, reason: fault } : { ok: true, value }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The first of them, in one pass over any text. In one that `JSON.parse` takes, a string followed by a colon is always a key. */
function findFault(text: string): 'duplicate_key' | 'too_deep' | null {
  /** Keys of what is open; an array has none. */
  const open: Set<unknown>[] = []
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index]
    if (character === '{' || character === '[') {
      if (open.push(new Set()) > DEEPEST) return 'too_deep'
    } else if (character === '}' || character === ']') {
      open.pop()
    } else if (character === '"') {
      const end = endOfString(text, index)
      if (isFollowedByColon(text, end)) {
        const [keys, key] = [open.at(-1), parse(text.slice(index, end))]
        // No JSON, then, and nothing behind it matters.
        if (key === undefined) return null
        if (keys?.has(key)) return 'duplicate_key'
        keys?.add(key)
      }
      index = end - 1
    }
  }
  return null
}

/** Behind the next quote that an even number of backslashes stands before, or the end of the text. */
function endOfString(text: string, start: number): number {
  let quote = text.indexOf('"', start + 1)
  while (isEscaped(text, quote)) quote = text.indexOf('"', quote + 1)
  return quote === -1 ? text.length : quote + 1
}

function isEscaped(text: string, at: number): boolean {
  let first = at
  while (text[first - 1] === '\\') first -= 1
  return (at - first) % 2 === 1
}

function isFollowedByColon(text: string, start: number): boolean {
  let index = start
  while (' \t\r\n'.includes(text.charAt(index)) && index < text.length) index += 1
  return text[index] === ':'
}
