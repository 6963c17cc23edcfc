/** What a line is when it is no table at all: pasted from the source of a page, or from a program's answer. */
export function markupOf([first = '']: readonly string[]): 'html' | 'json' | null {
  const text = first.trim()
  if (/^<[a-z!/]/i.test(text)) return 'html'
  return /^[{[]\s*("|\{|\[|$)/.test(text) ? 'json' : null
}
