import { maskText } from './mask-text'

const MOST_KEYS = 30
const DEEPEST = 3
const NAME = /^[A-Za-z_$][A-Za-z0-9_$]{0,39}$/

/**
 * What an answer looks like without any of its values: names and types of JSON, or the kind of other text.
 * It tells an operator what Octorate changed, and holds nothing that must be kept.
 */
export function describeShape(text: string): string {
  const trimmed = text.trim()
  if (trimmed === '') return 'empty'
  const value = parse(trimmed)
  if (value !== undefined) return shapeOf(value, 0)
  const kind = trimmed.startsWith('<') ? 'a page' : /^[[{]/.test(trimmed) ? 'broken JSON' : 'text'
  return `${kind}, ${trimmed.length} characters`
}

function shapeOf(value: unknown, depth: number): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[${value.length} × ${nested(value[0], depth)}]`
  if (typeof value === 'string') return `string(${value.length})`
  if (typeof value !== 'object') return typeof value
  const entries = Object.entries(value)
  const shown = entries.slice(0, MOST_KEYS).map(([key, each]) => `${shownKey(key)}: ${nested(each, depth)}`)
  return `{${[...shown, ...(entries.length > MOST_KEYS ? ['…'] : [])].join(', ')}}`
}

function nested(value: unknown, depth: number): string {
  return depth >= DEEPEST ? '…' : shapeOf(value, depth + 1)
}

function shownKey(key: string): string {
  return NAME.test(key) && maskText(key) === key ? key : '?'
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
