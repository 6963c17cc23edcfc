import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { getWebhook, listDeliveries, listWebhooks, type DeliveryQuery } from '@/contracts/webhooks'
import { pollWhileAttended } from '../presence/poll-while-attended'
import { callEndpoint } from '../request'

const LIST_POLL_MS = 30_000
const DETAIL_POLL_MS = 10_000

/** What the browser asks about webhooks; the only spelling of their query keys. */
export const webhookQueries = {
  all: () => ['webhooks'] as const,
  list: () =>
    queryOptions({
      queryKey: [...webhookQueries.all(), 'list'] as const,
      queryFn: ({ signal }) => callEndpoint(listWebhooks, { signal }),
      refetchInterval: pollWhileAttended(LIST_POLL_MS),
    }),
  detail: (id: string) =>
    queryOptions({
      queryKey: [...webhookQueries.all(), 'detail', id] as const,
      queryFn: ({ signal }) => callEndpoint(getWebhook, { params: { id }, signal }),
      refetchInterval: pollWhileAttended(DETAIL_POLL_MS),
    }),
  deliveries: (id: string, query: DeliveryQuery) =>
    queryOptions({
      queryKey: [...webhookQueries.all(), 'deliveries', id, query] as const,
      queryFn: ({ signal }) => callEndpoint(listDeliveries, { params: { id }, query, signal }),
      refetchInterval: pollWhileAttended(DETAIL_POLL_MS),
      placeholderData: keepPreviousData,
    }),
}
