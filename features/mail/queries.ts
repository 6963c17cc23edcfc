import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { listMails, readMail, type MailQuery } from '@/contracts/mail'
import { pollWhileAttended } from '../presence/poll-while-attended'
import { callEndpoint } from '../request'

const POLL_MS = 10_000

/** What the browser asks about mails; the only spelling of their query keys. */
export const mailQueries = {
  all: () => ['mails'] as const,
  list: (query: MailQuery) =>
    queryOptions({
      queryKey: [...mailQueries.all(), 'list', query] as const,
      queryFn: ({ signal }) => callEndpoint(listMails, { query, signal }),
      refetchInterval: pollWhileAttended(POLL_MS),
      placeholderData: keepPreviousData,
    }),
  detail: (id: string) =>
    queryOptions({
      queryKey: [...mailQueries.all(), 'detail', id] as const,
      queryFn: ({ signal }) => callEndpoint(readMail, { params: { id }, signal }),
      refetchInterval: pollWhileAttended(POLL_MS),
    }),
}
