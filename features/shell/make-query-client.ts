import { QueryCache, MutationCache, QueryClient } from '@tanstack/react-query'
import { problemOf } from '../request'

const FRESH_MS = 10_000
const MOST_RETRIES = 2

/**
 * A query client with the console's habits. On the server one per request, to fill and dehydrate; in the browser one
 * per page life. `onSignedOut` is told when the server no longer knows the session.
 */
export function makeQueryClient(onSignedOut: () => void = () => undefined): QueryClient {
  const watch = (error: unknown) => {
    if (problemOf(error).code === 'not_signed_in') onSignedOut()
  }
  return new QueryClient({
    queryCache: new QueryCache({ onError: watch }),
    mutationCache: new MutationCache({ onError: watch }),
    defaultOptions: {
      queries: {
        // What the server rendered is not asked for again at once.
        staleTime: FRESH_MS,
        retry: (failures, error) => failures < MOST_RETRIES && mayPass(problemOf(error).status),
      },
      mutations: { retry: false },
    },
  })
}

/** A second try may help when no answer came, or the server was busy; never after a refusal. */
function mayPass(status: number): boolean {
  return status === 0 || status === 502 || status === 503 || status === 504
}
