'use client'

import { ThemeProvider as NextThemeProvider } from 'next-themes'
import type { ReactNode } from 'react'

/** Light, dark or the system's, as a class on the root element. `nonce` is the content policy's, for its one script. */
export function ThemeProvider({ nonce, children }: { nonce: string; children: ReactNode }) {
  return (
    <NextThemeProvider attribute="class" defaultTheme="system" enableSystem storageKey="keyrack-theme" nonce={nonce}>
      {children}
    </NextThemeProvider>
  )
}
