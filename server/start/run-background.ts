import { startSettler } from '../journal/settler'
import { startRefreshEngine } from '../refresh/engine'
import type { Runtime } from '../runtime'

interface Background {
  stop(): Promise<void>
}

/**
 * Starts what a process does by itself, besides answering requests: it settles the journal and, unless other processes do
 * that, refreshes what is due. Stopped in the reverse order, each part after the other.
 */
export function runBackground({ keys }: Pick<Runtime, 'keys'>, { engine }: { readonly engine: boolean }): Background {
  // Sealed: without a key no answer can be read and no token sent.
  if (!keys) return { stop: async () => undefined }
  const parts = [startSettler(), ...(engine ? [startRefreshEngine()] : [])]
  return {
    async stop() {
      for (const part of parts.toReversed()) await part.stop()
    },
  }
}
