import type { ImportLine } from '../wire'
import { UsageError } from './exit-codes'

const FIELDS = ['refreshToken', 'propertyId', 'name']

/** Lines of JSON; empty ones do not count. @throws UsageError that names the first wrong line and repeats nothing of it */
export function readImportLines(text: string): ImportLine[] {
  const lines = text.split('\n').flatMap((line, index) => (line.trim() === '' ? [] : [readLine(line, index + 1)]))
  if (lines.length === 0) throw new UsageError('The file holds no line.')
  return lines
}

function readLine(line: string, number: number): ImportLine {
  const value = parse(line)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(number, 'is not a JSON object')
  const fields: Partial<Record<string, unknown>> = { ...value }
  // A misspelled name would be left out in silence.
  if (Object.keys(fields).some((name) => !FIELDS.includes(name))) throw wrong(number, `has other fields than ${FIELDS.join(', ')}`)
  const { refreshToken, propertyId, name } = fields
  if (typeof refreshToken !== 'string' || refreshToken === '') throw wrong(number, 'has no refreshToken')
  if (!isTextOrAbsent(propertyId) || !isTextOrAbsent(name)) throw wrong(number, 'has a propertyId or name that is no text')
  return { refreshToken, propertyId, name }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

function isTextOrAbsent(value: unknown): value is string | undefined {
  return value === undefined || typeof value === 'string'
}

function wrong(number: number, what: string): UsageError {
  return new UsageError(`Line ${number} ${what}. Nothing was sent.`)
}
