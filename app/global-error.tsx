'use client'

import './globals.css'
import { ErrorState } from '@/components/error-state'
import { Button } from '@/components/ui/button'
import { parsePageDigest } from '@/features/shell/page-digest'
import { CATALOGUE, LOCALE } from '@/messages/catalogue'

/** The layout itself failed, so nothing of it is here: no provider, no theme. */
export default function GlobalError({ error }: { error: Error & { digest?: string } }) {
  const { errors, problems, shell } = CATALOGUE
  return (
    <html lang={LOCALE}>
      <body>
        <title>{`${shell.error.title} · ${shell.brand}`}</title>
        <main className="px-4 py-16">
          <ErrorState
            title={errors.internal.what}
            turn={problems.turn.operator}
            next={errors.internal.next}
            requestId={parsePageDigest(error.digest).requestId || undefined}
            requestIdLabel={problems.requestId}
            actions={
              <Button variant="primary" onClick={() => window.location.reload()}>
                {shell.error.reload}
              </Button>
            }
          />
        </main>
      </body>
    </html>
  )
}
