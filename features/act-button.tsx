'use client'

import type { ReactNode } from 'react'
import { ConfirmDialog } from '@/components/confirm-dialog'
import { focusContent } from '@/components/focus-content'
import { Button } from '@/components/ui/button'
import { toast } from '@/components/ui/toast-store'
import { ProblemAlert } from './problem-state'

interface Act {
  readonly texts: { readonly action: string; readonly title: string; readonly confirm: string; readonly keep: string; readonly done: string }
  readonly consequence: ReactNode
  readonly mutation: { readonly mutateAsync: () => Promise<unknown>; readonly error: Error | null; readonly reset: () => void }
}

/** A grave act on the page's own thing, whose button goes with it: asks first, says when it is done. */
export function ActButton({ texts, consequence, mutation: { mutateAsync, error, reset } }: Act) {
  return (
    <ConfirmDialog
      trigger={<Button variant="danger-quiet">{texts.action}</Button>}
      onOpenChange={() => reset()}
      title={texts.title}
      consequence={consequence}
      confirmLabel={texts.confirm}
      cancelLabel={texts.keep}
      onConfirm={async () => {
        await mutateAsync()
        focusContent()
        toast.success(texts.done)
      }}
    >
      {error !== null && <ProblemAlert error={error} />}
    </ConfirmDialog>
  )
}
