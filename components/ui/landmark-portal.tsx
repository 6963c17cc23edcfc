'use client'

import { createContext, use, useSyncExternalStore, type ReactNode } from 'react'
import { createPortal } from 'react-dom'

/** The panel of the dialog around, which is where its menus belong. */
export const PortalHost = createContext<HTMLElement | null>(null)

/**
 * Moves a menu or a tooltip to the end of the page's main landmark, or of the dialog around it:
 * at the end of the body it would stand outside all landmarks, and under a dialog.
 */
export function LandmarkPortal({ children }: { children: ReactNode }) {
  const panel = use(PortalHost)
  const page = useSyncExternalStore(noChange, mainOfPage, () => null)
  const host = panel ?? page
  return host === null ? null : createPortal(children, host)
}

function noChange(): () => void {
  return () => undefined
}

function mainOfPage(): HTMLElement {
  return document.querySelector('main') ?? document.body
}
