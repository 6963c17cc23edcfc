import { queryOptions } from '@tanstack/react-query'
import { getForecast, getRunway } from '@/contracts/runway'
import { pollWhileAttended } from '../presence/poll-while-attended'
import { callEndpoint } from '../request'

const RUNWAY_POLL_MS = 15_000
const FORECAST_POLL_MS = 60_000

/** What the browser asks about the ends of access tokens; the only spelling of the query keys. */
export const runwayQueries = {
  all: () => ['runway'] as const,
  runway: () =>
    queryOptions({
      queryKey: [...runwayQueries.all(), 'now'] as const,
      queryFn: ({ signal }) => callEndpoint(getRunway, { signal }),
      refetchInterval: pollWhileAttended(RUNWAY_POLL_MS),
    }),
  forecast: () =>
    queryOptions({
      queryKey: [...runwayQueries.all(), 'forecast'] as const,
      queryFn: ({ signal }) => callEndpoint(getForecast, { signal }),
      refetchInterval: pollWhileAttended(FORECAST_POLL_MS),
    }),
}
