import { AppError } from '../../http/app-error'

const NONE: Readonly<Record<string, string>> = {}

/** The query of a request's address. One that is there twice is refused: two readers would choose differently. */
export function readQuery(url: string): Readonly<Record<string, string>> {
  const mark = url.indexOf('?')
  if (mark < 0) return NONE
  const pairs = [...new URLSearchParams(url.slice(mark + 1))]
  const query = Object.fromEntries(pairs)
  if (Object.keys(query).length !== pairs.length) throw new AppError('bad_request')
  return query
}
