import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { listAudit, verifyAudit, type AuditQuery } from '@/contracts/audit'
import { pollWhileAttended } from '../presence/poll-while-attended'
import { callEndpoint } from '../request'

const POLL_MS = 15_000

/** What the browser asks about the audit log; the only spelling of its query keys. */
export const auditQueries = {
  list: (query: AuditQuery) =>
    queryOptions({
      queryKey: ['audit', 'list', query] as const,
      queryFn: ({ signal }) => callEndpoint(listAudit, { query, signal }),
      refetchInterval: pollWhileAttended(POLL_MS),
      placeholderData: keepPreviousData,
    }),
  /** Reads the whole log: only when somebody asks for it. */
  verification: () =>
    queryOptions({
      queryKey: ['audit', 'verification'] as const,
      queryFn: ({ signal }) => callEndpoint(verifyAudit, { signal }),
      enabled: false,
      retry: false,
      gcTime: 0,
    }),
}
