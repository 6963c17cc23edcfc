'use client'

import { KeyRound, Lock } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { EmptyState } from '@/components/empty-state'
import { ButtonLink } from '@/components/ui/button-link'
import { pages } from '@/contracts/paths'

const FRAME = 'rounded-lg border bg-surface shadow-xs'

/** Nothing to connect with yet. */
export function NoApiClients({ mayRegister }: { mayRegister: boolean }) {
  const t = useTranslations('authorizations.connect.noClients')
  return (
    <EmptyState
      icon={<KeyRound />}
      title={t('title')}
      className={FRAME}
      action={
        mayRegister ? (
          <ButtonLink variant="primary" href={pages.newApiClient()}>
            {t('action')}
          </ButtonLink>
        ) : undefined
      }
    >
      <p>{t('text')}</p>
      {!mayRegister && <p className="mt-2">{t('ask')}</p>}
    </EmptyState>
  )
}

/** For a role that may not connect. */
export function ConnectRefused() {
  const t = useTranslations('authorizations.connect')
  return (
    <EmptyState
      icon={<Lock />}
      title={t('viewer.title')}
      className={FRAME}
      action={<ButtonLink href={pages.connections()}>{t('breadcrumb')}</ButtonLink>}
    >
      {t('viewer.text')}
    </EmptyState>
  )
}
