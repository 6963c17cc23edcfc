import { useSyncExternalStore } from 'react'

/** The token behind the `#` of the page's address, which no server is told; null until the browser has looked. */
export function useLinkToken(): string | null {
  return useSyncExternalStore(subscribe, () => window.location.hash.slice(1), () => null)
}

function subscribe(changed: () => void): () => void {
  window.addEventListener('hashchange', changed)
  return () => window.removeEventListener('hashchange', changed)
}
