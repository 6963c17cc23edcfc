'use client'

import { useRef } from 'react'

type FocusReturn = {
  onOpenAutoFocus: () => void
  onCloseAutoFocus: (event: Event) => void
}

/**
 * Gives focus back to whatever had it before a dialog opened. Radix does so for its own trigger only;
 * a dialog that is opened by state, or from a menu item that is gone by then, would drop focus on the body.
 */
export function useFocusReturn(): FocusReturn {
  const origin = useRef<HTMLElement | null>(null)
  return {
    onOpenAutoFocus: () => {
      origin.current = ownerOf(document.activeElement)
    },
    onCloseAutoFocus: (event) => {
      if (origin.current === null || !origin.current.isConnected) return
      event.preventDefault()
      origin.current.focus()
    },
  }
}

function ownerOf(element: Element | null): HTMLElement | null {
  if (!(element instanceof HTMLElement) || element === document.body) return null
  const trigger = element.closest('[role=menu]')?.getAttribute('aria-labelledby')
  if (trigger === null || trigger === undefined) return element
  return document.querySelector<HTMLElement>(`#${CSS.escape(trigger)}`)
}
