'use client'

import { useEffect } from 'react'

let open = 0

/**
 * Dims the page behind a dialog and holds its scroll. Radix's own overlay is left out,
 * for it locks the scroll with a style element that the content policy refuses.
 */
export function Backdrop() {
  useEffect(() => {
    open += 1
    if (open === 1) lock(document.documentElement)
    return () => {
      open -= 1
      if (open === 0) document.documentElement.removeAttribute('data-scroll-locked')
    }
  }, [])
  return <div aria-hidden data-slot="backdrop" className="fixed inset-0 z-50 animate-fade-in bg-overlay" />
}

/** The page keeps the width of its scroll bar as padding, so that nothing jumps. */
function lock(root: HTMLElement): void {
  root.style.setProperty('--scroll-gap', `${window.innerWidth - root.clientWidth}px`)
  root.setAttribute('data-scroll-locked', '')
}
