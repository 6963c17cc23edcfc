import 'server-only'
import { once } from '../runtime'

const counts = () => once('refreshes asked for', () => new Map<string, number>())

/** Does something that somebody waits for; while it lasts, the background leaves the lane of this API client alone. */
export async function waitingFor<T>(apiClientId: string, work: () => Promise<T>): Promise<T> {
  const own = counts()
  own.set(apiClientId, (own.get(apiClientId) ?? 0) + 1)
  try {
    return await work()
  } finally {
    const left = (own.get(apiClientId) ?? 1) - 1
    if (left > 0) own.set(apiClientId, left)
    else own.delete(apiClientId)
  }
}

/** API clients for which somebody in this process waits. */
export function askedApiClients(): string[] {
  return [...counts().keys()]
}
