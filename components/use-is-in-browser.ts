import { useSyncExternalStore } from 'react'

/**
 * False on the server and while a page comes alive. What is placed by style attributes waits for it: the policy forbids
 * them in what the server sends.
 */
export function useIsInBrowser(): boolean {
  return useSyncExternalStore(noChange, () => true, () => false)
}

const noChange = () => () => undefined
