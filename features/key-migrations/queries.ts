import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { checkKeyMigration, getKeyMigration, listKeyLines, listKeyMigrations, type KeyLineState, type KeyMigration } from '@/contracts/key-migrations'
import { listOldKeys, type OldKeyState } from '@/contracts/old-keys'
import type { KeyLayoutChoice } from '@/lib/key-migrations/key-line-reader'
import { pollWhileAttended } from '../presence/poll-while-attended'
import { callEndpoint } from '../request'
import { readHead, readLines, type KeySource } from './read-key-source'

const pollWhileListed = pollWhileAttended(10_000)
const pollWhileRunning = pollWhileAttended(2_000)
const CHECK_FRESH_MS = 30_000
/** Rows that are asked for at once. */
export const ROWS_PER_PAGE = 200

/** What is read in the browser alone: as fast offline, never again by itself, and forgotten with the form. */
const LOCAL = { networkMode: 'always', staleTime: Infinity, gcTime: 0, retry: false, structuralSharing: false } as const

/** What the browser asks about key migrations; the only spelling of their query keys. Keys never stand in one. */
export const keyMigrationQueries = {
  all: () => ['key-migrations'] as const,
  list: () =>
    queryOptions({
      queryKey: [...keyMigrationQueries.all(), 'list'] as const,
      queryFn: ({ signal }) => callEndpoint(listKeyMigrations, { signal }),
      refetchInterval: pollWhileListed,
    }),
  detail: (id: string) =>
    queryOptions({
      queryKey: [...keyMigrationQueries.all(), 'detail', id] as const,
      queryFn: ({ signal }) => callEndpoint(getKeyMigration, { params: { id }, signal }),
      refetchInterval: ({ state }) => (state.data !== undefined && isMoving(state.data) ? pollWhileRunning() : false),
    }),
  allLines: (id: string) => [...keyMigrationQueries.all(), 'lines', id] as const,
  lines: (id: string, { state, page, isMoving: moving }: { state: KeyLineState | undefined; page: number; isMoving: boolean }) =>
    queryOptions({
      queryKey: [...keyMigrationQueries.allLines(id), state ?? 'all', page] as const,
      queryFn: ({ signal }) => callEndpoint(listKeyLines, { params: { id }, query: pageQuery(state, page), signal }),
      refetchInterval: () => (moving ? pollWhileRunning() : false),
      placeholderData: keepPreviousData,
    }),
  oldKeys: (state: OldKeyState | undefined, page: number) =>
    queryOptions({
      queryKey: [...keyMigrationQueries.all(), 'old-keys', state ?? 'all', page] as const,
      queryFn: ({ signal }) => callEndpoint(listOldKeys, { query: pageQuery(state, page), signal }),
      placeholderData: keepPreviousData,
    }),
  /** What is known of properties: POST, because thousands of ids fit no address, but it changes nothing. */
  check: (apiClientId: string, { revision, propertyIds }: { revision: string; propertyIds: readonly string[] }) =>
    queryOptions({
      queryKey: [...keyMigrationQueries.all(), 'check', apiClientId, revision] as const,
      queryFn: ({ signal }) => callEndpoint(checkKeyMigration, { body: { apiClientId, propertyIds: [...propertyIds] }, signal }),
      staleTime: CHECK_FRESH_MS,
      gcTime: 0,
    }),
  head: ({ source, revision }: { source: KeySource; revision: number }) =>
    queryOptions({
      ...LOCAL,
      queryKey: ['key-file', revision, 'head'] as const,
      queryFn: () => readHead(source),
      placeholderData: keepPreviousData,
    }),
  fileLines: ({ source, revision }: { source: KeySource; revision: number }, choice: KeyLayoutChoice | null) =>
    queryOptions({
      ...LOCAL,
      queryKey: ['key-file', revision, 'lines', choice] as const,
      queryFn: ({ signal }) => (choice ? readLines(source, choice, signal) : []),
    }),
}

/** Whether lines may still change by themselves: what is in hand ends after a pause, a stop or a cancel. */
export function isMoving({ state, counts }: Pick<KeyMigration, 'state' | 'counts'>): boolean {
  return state === 'running' || inHand(counts) > 0
}

export function inHand({ sent, received, stored }: KeyMigration['counts']): number {
  return sent + received + stored
}

function pageQuery<S extends string>(state: S | undefined, page: number) {
  return { ...(state ? { state } : {}), offset: page * ROWS_PER_PAGE, limit: ROWS_PER_PAGE }
}
