'use client'

import { useEffect, useState } from 'react'

export type CopyState = 'idle' | 'copied' | 'failed'

const SHOWN_MS = 2_000

/** Puts text on the clipboard and says for two seconds whether that went well. */
export function useCopy(): { state: CopyState; copy: (text: string) => Promise<void> } {
  const [state, setState] = useState<CopyState>('idle')
  useEffect(() => {
    if (state === 'idle') return
    const timer = setTimeout(() => setState('idle'), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [state])
  const copy = async (text: string) => {
    try {
      await navigator.clipboard.writeText(text)
      setState('copied')
    } catch {
      // No permission, or no secure context: the person selects and copies by hand.
      setState('failed')
    }
  }
  return { state, copy }
}
