import { z } from 'zod'
import { isUuid } from '@/lib/ids'
import { storable } from '@/lib/text/storable'

const SORTS = ['expires', 'name', 'last-refresh', 'created'] as const
const cursorSchema = z.tuple([z.enum(SORTS), z.enum(['asc', 'desc']), z.enum(['after', 'before']), z.string(), z.string().refine(isUuid)])

/** A place in a sorted list: the sort value and id of a row, and on which side of it the page lies. */
export interface Cursor {
  readonly sort: (typeof SORTS)[number]
  readonly direction: 'asc' | 'desc'
  readonly side: 'after' | 'before'
  readonly value: string
  readonly id: string
}

export function encodeCursor({ sort, direction, side, value, id }: Cursor): string {
  return Buffer.from(JSON.stringify([sort, direction, side, value, id])).toString('base64url')
}

/** The cursor in a query; null when it is damaged or of another sort order, so that an edited address shows page one. */
export function decodeCursor(text: string | undefined, sort: string, direction: string): Cursor | null {
  if (!text) return null
  try {
    const parsed = cursorSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')))
    const cursor: Cursor = { sort: parsed[0], direction: parsed[1], side: parsed[2], value: parsed[3], id: parsed[4] }
    return cursor.sort === sort && cursor.direction === direction && isSound(cursor) ? cursor : null
  } catch {
    return null
  }
}

/** A value that the database can compare with: an instant in milliseconds, or a name as it could be stored. */
function isSound({ sort, value }: Cursor): boolean {
  return sort === 'name' ? value === storable(value) : /^\d{1,14}$/.test(value)
}
