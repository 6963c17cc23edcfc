import { toJavaDate } from '../models/java-date'

/** Ways to write an instant that were seen, or that a careless change at Octorate could bring. */
export const oddDates = {
  java: toJavaDate,
  iso: (instant: number) => new Date(instant).toISOString(),
  nanoseconds: (instant: number) => `${new Date(instant).toISOString().slice(0, -1)}123456Z[UTC]`,
  offset: (instant: number) => `${new Date(instant + 2 * 3_600_000).toISOString().slice(0, -1)}+02:00`,
  'offset-and-zone': (instant: number) => `${new Date(instant + 3_600_000).toISOString().slice(0, -1)}+01:00[Europe/Rome]`,
  'no-zone': (instant: number) => new Date(instant).toISOString().slice(0, -1),
  'date-only': (instant: number) => new Date(instant).toISOString().slice(0, 10),
  'epoch-ms': (instant: number) => instant,
  'epoch-s': (instant: number) => Math.floor(instant / 1000),
  impossible: (instant: number) => `${new Date(instant).getUTCFullYear()}-02-30T10:00:00Z[UTC]`,
  garbage: () => 'tomorrow',
  empty: () => '',
  null: () => null,
} as const satisfies Readonly<Record<string, (instant: number) => string | number | null>>

export type OddDateForm = keyof typeof oddDates

const JAVA_OR_ISO = /^\d{4}-\d\d-\d\dT[\d:.]+Z(?:\[UTC\])?$/

/** A JSON answer whose every date is written in another form. */
export function withOddDates(body: string, form: OddDateForm): string {
  return JSON.stringify(JSON.parse(body), (_, value: unknown) => {
    if (typeof value !== 'string' || !JAVA_OR_ISO.test(value)) return value
    return oddDates[form](Date.parse(value.replace('[UTC]', '')))
  })
}

/** A JSON object in which every key stands twice, first with nothing in it: parsers differ in which one wins. */
export function withDuplicateKeys(body: string): string {
  const fields: Record<string, unknown> = JSON.parse(body)
  const pairs = Object.entries(fields).flatMap(([name, value]) => [`${JSON.stringify(name)}:null`, `${JSON.stringify(name)}:${JSON.stringify(value)}`])
  return `{${pairs.join(',')}}`
}
