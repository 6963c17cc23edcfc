import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { checkImport, getImport, listImportLines, listImports, type ImportDetail, type ImportLineState } from '@/contracts/imports'
import { pollWhileAttended } from '../presence/poll-while-attended'
import { callEndpoint } from '../request'

const LIST_POLL_MS = 10_000
const pollWhileRunning = pollWhileAttended(2_000)
const CHECK_FRESH_MS = 30_000
/** Lines that are asked for at once. */
export const LINES_PER_PAGE = 200

/** What the browser asks about imports; the only spelling of their query keys. Tokens never stand in one. */
export const importQueries = {
  all: () => ['imports'] as const,
  list: () =>
    queryOptions({
      queryKey: [...importQueries.all(), 'list'] as const,
      queryFn: ({ signal }) => callEndpoint(listImports, { signal }),
      refetchInterval: pollWhileAttended(LIST_POLL_MS),
    }),
  detail: (id: string) =>
    queryOptions({
      queryKey: [...importQueries.all(), 'detail', id] as const,
      queryFn: ({ signal }) => callEndpoint(getImport, { params: { id }, signal }),
      refetchInterval: ({ state }) => (state.data !== undefined && isMoving(state.data) ? pollWhileRunning() : false),
    }),
  allLines: (id: string) => [...importQueries.all(), 'lines', id] as const,
  lines: (id: string, { state, page, isMoving: moving }: { state: ImportLineState | undefined; page: number; isMoving: boolean }) =>
    queryOptions({
      queryKey: [...importQueries.allLines(id), state ?? 'all', page] as const,
      queryFn: ({ signal }) =>
        callEndpoint(listImportLines, { params: { id }, query: { ...(state ? { state } : {}), offset: page * LINES_PER_PAGE, limit: LINES_PER_PAGE }, signal }),
      refetchInterval: () => (moving ? pollWhileRunning() : false),
      placeholderData: keepPreviousData,
    }),
  /** Which properties are connected: POST, because thousands of ids fit no address, but it changes nothing. */
  check: (apiClientId: string, propertyIds: readonly string[]) =>
    queryOptions({
      queryKey: [...importQueries.all(), 'check', apiClientId, propertyIds.join('\n')] as const,
      queryFn: ({ signal }) => callEndpoint(checkImport, { body: { apiClientId, propertyIds: [...propertyIds] }, signal }),
      staleTime: CHECK_FRESH_MS,
      gcTime: 0,
    }),
}

/** Whether lines may still change by themselves: what is in hand ends after a cancel. */
export function isMoving({ state, counts }: Pick<ImportDetail, 'state' | 'counts'>): boolean {
  return state === 'running' || counts.pending > 0
}
