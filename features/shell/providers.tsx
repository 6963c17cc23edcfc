'use client'

import { notifyManager, QueryClientProvider } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { IntlProvider } from 'use-intl'
import { ThemeProvider } from '@/components/theme-provider'
import { Toaster } from '@/components/ui/toaster'
import { pages } from '@/contracts/paths'
import { CATALOGUE, LOCALE } from '@/messages/catalogue'
import { PresenceWatch } from '../presence/presence-watch'
import { makeQueryClient } from './make-query-client'

// A button knows that its act has begun before the second click of a double click, which would begin it twice.
notifyManager.setScheduler(queueMicrotask)

/** What every page needs around it: theme, texts, the query cache, passing messages. */
export function Providers({ nonce, children }: { nonce: string; children: ReactNode }) {
  const [client] = useState(() => makeQueryClient(leave))
  return (
    <ThemeProvider nonce={nonce}>
      <IntlProvider locale={LOCALE} messages={CATALOGUE} timeZone="UTC">
        <QueryClientProvider client={client}>
          <PresenceWatch />
          {children}
        </QueryClientProvider>
        <Toaster label={CATALOGUE.shell.toaster.label} closeLabel={CATALOGUE.shell.toaster.close} />
      </IntlProvider>
    </ThemeProvider>
  )
}

/** The session ended elsewhere: a full load drops whatever the page still holds, and comes back here afterwards. */
function leave(): void {
  const { pathname, search } = window.location
  if (pathname !== pages.signIn()) window.location.replace(`${pages.signIn()}?returnTo=${encodeURIComponent(pathname + search)}`)
}
