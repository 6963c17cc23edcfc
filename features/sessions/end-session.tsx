'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { ConfirmDialog } from '@/components/confirm-dialog'
import { Button } from '@/components/ui/button'
import { toast } from '@/components/ui/toast-store'
import { pages } from '@/contracts/paths'
import type { SessionSummary } from '@/contracts/sessions'
import { signOut } from '../auth-request'
import { ProblemAlert, useProblemText } from '../problem-state'
import { problemOf } from '../request'
import { useEndSessions } from './mutations'
import { useDeviceName } from './use-device-name'

/** The button of a row: ends that session; on this very one it signs out. */
export function EndSession({ session }: { session: SessionSummary }) {
  return session.current ? <SignOut /> : <EndOne session={session} />
}

function EndOne({ session }: { session: SessionSummary }) {
  const t = useTranslations('sessions')
  const end = useEndSessions()
  const names = { device: useDeviceName()(session.userAgent), address: session.address }
  return (
    <ConfirmDialog
      trigger={
        <Button size="sm" aria-label={t('endNamed', names)}>
          {t('end')}
        </Button>
      }
      title={t('endOne.title')}
      consequence={t('endOne.consequence', names)}
      confirmLabel={t('endOne.confirm')}
      cancelLabel={t('cancel')}
      onOpenChange={() => end.reset()}
      onConfirm={async () => {
        await end.mutateAsync({ id: session.id })
        toast.success(t('ended', { count: 1 }))
      }}
    >
      {end.isError && <ProblemAlert error={end.error} />}
    </ConfirmDialog>
  )
}

function SignOut() {
  const t = useTranslations('sessions')
  const textOf = useProblemText()
  const [busy, setBusy] = useState(false)
  const leave = async () => {
    setBusy(true)
    try {
      await signOut()
      window.location.replace(pages.signIn())
    } catch (error) {
      const { what, next } = textOf(problemOf(error))
      toast.error(what, { description: next })
      setBusy(false)
    }
  }
  return (
    <Button size="sm" loading={busy} onClick={() => void leave()}>
      {t('signOut')}
    </Button>
  )
}
