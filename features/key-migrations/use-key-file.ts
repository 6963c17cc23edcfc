import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useMemo, useState } from 'react'
import { describeKeyFile, type KeyFileLayout } from '@/lib/key-migrations/describe-key-file'
import { KEY_COLUMNS, type KeyColumn } from '@/lib/key-migrations/key-columns'
import type { KeyFault, KeyFaultCode } from '@/lib/key-migrations/key-fault'
import type { KeyFileLine, KeyLayoutChoice } from '@/lib/key-migrations/key-line-reader'
import { mayBeKey } from './may-be-key'
import { keyMigrationQueries } from './queries'
import type { KeySource } from './read-key-source'

/** What a person chose by hand; the rest is told by the file. */
export type ColumnWishes = { readonly [C in KeyColumn]?: number | null } & { readonly hasHeading?: boolean }

export interface KeyFile {
  readonly source: KeySource
  /** Counts what was brought, so that nothing is named by its content. */
  readonly revision: number
  readonly bring: (source: KeySource) => void
  readonly head: string
  readonly layout: KeyFileLayout | null
  readonly hasHeading: boolean
  /** The names in the first line, when it has names; never what may be a key. */
  readonly headings: readonly string[]
  readonly columns: { readonly [C in KeyColumn]: number | null }
  readonly wish: (wishes: ColumnWishes) => void
  /** Why nothing can be read; about columns, until they are chosen. */
  readonly fault: KeyFault | null
  readonly lines: readonly (KeyFileLine | KeyFault)[]
  readonly isReading: boolean
  /** True when the browser could not read it. */
  readonly isUnreadable: boolean
  /** Names what the lines were read from, and how. */
  readonly reading: string
}

const NOTHING: readonly never[] = []
/** Faults that a choice of columns mends. */
const OF_COLUMNS: readonly KeyFaultCode[] = ['no_key_column', 'two_key_columns', 'no_property_column', 'duplicate_header']

/** What a person brings, read in the browser: its columns as told by the heading or chosen, and its lines. */
export function useKeyFile(): KeyFile {
  const [brought, setBrought] = useState<{ source: KeySource; revision: number }>({ source: { kind: 'text', text: '' }, revision: 0 })
  const [wishes, setWishes] = useState<ColumnWishes>({})
  const deferred = useDeferredValue(brought)
  const head = useQuery(keyMigrationQueries.head(deferred))
  const text = head.data ?? ''
  const described = useMemo(() => describeKeyFile(text), [text])
  const { layout } = described
  const hasHeading = wishes.hasHeading ?? layout?.hasHeading ?? false
  const columns = useMemo(() => {
    const of = (column: KeyColumn) => (wishes[column] === undefined ? (layout?.columns[column] ?? null) : wishes[column])
    return { key: of('key'), propertyId: of('propertyId'), name: of('name') }
  }, [layout, wishes])
  const isChosen = KEY_COLUMNS.some((column) => wishes[column] !== undefined)
  const ownFault = described.fault && !(isChosen && OF_COLUMNS.includes(described.fault.fault)) ? described.fault : null
  const choice = useMemo(() => (layout && !ownFault ? choiceOf({ layout, columns, hasHeading }) : null), [layout, ownFault, columns, hasHeading])
  const read = useQuery(keyMigrationQueries.fileLines(deferred, choice))
  const lines = read.data ?? NOTHING
  const surplus = lines.find((line): line is KeyFault => 'fault' in line && line.fault === 'too_many_lines')
  return {
    ...brought,
    bring: (source) => {
      setBrought(({ revision }) => ({ source, revision: revision + 1 }))
      // Columns belong to a file; while a text is typed they stay.
      if (source.kind === 'file' || source.text === '') setWishes({})
    },
    head: text,
    layout,
    hasHeading,
    headings: hasHeading ? (layout?.first.cells ?? []).map((cell) => (mayBeKey(cell.trim()) ? '' : cell.trim())) : NOTHING,
    columns,
    wish: (more) => setWishes((before) => ({ ...before, ...more })),
    fault: text.trim() === '' ? null : (ownFault ?? surplus ?? null),
    lines: surplus ? NOTHING : lines,
    isReading: deferred !== brought || head.isFetching || read.isFetching,
    isUnreadable: head.isError || read.isError,
    reading: JSON.stringify([deferred.revision, choice]),
  }
}

function choiceOf({ layout, columns, hasHeading }: Pick<KeyFile, 'columns' | 'hasHeading'> & { layout: KeyFileLayout }): KeyLayoutChoice | null {
  const { key, propertyId, name } = columns
  if (key === null || propertyId === null || key === propertyId) return null
  return { delimiter: layout.delimiter, hasHeading, columns: { key, propertyId, name } }
}
