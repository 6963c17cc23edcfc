import { newPropertySchema, type NewPropertyInput } from '@/contracts/property-creations'
import { parseCsv } from '@/lib/text/parse-csv'

/** Columns of the file, whatever their order; the first four are needed. */
export const CSV_COLUMNS = ['name', 'givenName', 'familyName', 'email', 'currency', 'country', 'city', 'zip', 'latitude', 'longitude'] as const
const MOST_LINES = 100

export interface CsvLine {
  /** As a person counts lines; the heading is number 1. */
  readonly number: number
  readonly name: string
  readonly property: NewPropertyInput | null
  /** Columns that are not right. */
  readonly wrong: readonly string[]
}

export type PropertyCsv =
  | { readonly kind: 'lines'; readonly lines: readonly CsvLine[] }
  | { readonly kind: 'columns'; readonly missing: readonly string[] }
  | { readonly kind: 'empty' }
  | { readonly kind: 'too_many' }

type Flags = Pick<NewPropertyInput, 'acceptDuplicates' | 'welcomeUser' | 'networkName'>

/** Reads a file of new properties with a heading; nothing is sent before every line is right. */
export function readPropertyCsv(text: string, flags: Flags): PropertyCsv {
  const [heading, ...rows] = parseCsv(text)
  if (!heading || rows.length === 0) return { kind: 'empty' }
  if (rows.length > MOST_LINES) return { kind: 'too_many' }
  const names = heading.map((name) => CSV_COLUMNS.find((known) => known.toLowerCase() === name.trim().toLowerCase().replace(/[\s_]/g, '')))
  const missing = CSV_COLUMNS.slice(0, 4).filter((name) => !names.includes(name))
  if (missing.length > 0) return { kind: 'columns', missing }
  return { kind: 'lines', lines: rows.map((row, index) => toLine(row, { names, number: index + 2, flags })) }
}

interface Place {
  readonly names: readonly (string | undefined)[]
  readonly number: number
  readonly flags: Flags
}

function toLine(row: readonly string[], { names, number, flags }: Place): CsvLine {
  const given = names.flatMap((name, index): [string, string | number][] => {
    const value = row[index]?.trim() ?? ''
    if (name === undefined || value === '') return []
    return [[name, name === 'latitude' || name === 'longitude' ? Number(value.replace(',', '.')) : value]]
  })
  const parsed = newPropertySchema.safeParse({ ...Object.fromEntries(given), ...flags })
  const name = row[names.indexOf('name')]?.trim() ?? ''
  if (parsed.success) return { number, name, property: parsed.data, wrong: [] }
  return { number, name, property: null, wrong: [...new Set(parsed.error.issues.map((issue) => String(issue.path[0])))] }
}
