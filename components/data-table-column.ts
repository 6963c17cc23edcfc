import type { ReactNode } from 'react'

/** One column of a DataTable. */
export type DataTableColumn<TRow> = {
  id: string
  header: string
  /** Stands in the header in place of its text, such as a box that selects all. */
  headerCell?: ReactNode
  cell: (row: TRow) => ReactNode
  sortable?: boolean | undefined
  align?: 'start' | 'end' | undefined
  /** Header for screen readers only, as over a column of buttons. */
  hideHeader?: boolean | undefined
  /** Place in the card that a row becomes on a phone: its title, its upper corner, a labelled line (default), or nowhere. */
  card?: 'title' | 'corner' | 'line' | 'hidden' | undefined
  /** Left out of the table below this width; the card still shows it. */
  from?: 'md' | 'lg' | 'xl' | undefined
  /** Takes the width that is left. */
  grow?: boolean | undefined
}
