'use client'

import { PlugZap, RefreshCw } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { ButtonLink } from '@/components/ui/button-link'
import type { ConnectionDetail } from '@/contracts/connections'
import { pages, reconnectHref } from '@/contracts/paths'
import type { Act } from './connection-acts'
import { DisconnectButton } from './disconnect-button'

export type ConnectionActButtonProps = {
  act: Act
  connection: ConnectionDetail
  primary?: boolean | undefined
  onRefresh: () => void
  refreshing: boolean
}

/** The button of one act. */
export function ConnectionActButton({ act, connection, primary = false, onRefresh, refreshing }: ConnectionActButtonProps) {
  const t = useTranslations('connections.actions')
  const variant = primary ? 'primary' : 'secondary'
  switch (act) {
    case 'refresh':
      return (
        <Button variant={variant} onClick={onRefresh} loading={refreshing}>
          {!refreshing && <RefreshCw aria-hidden />}
          {t('refresh')}
        </Button>
      )
    case 'connect':
      return (
        <ButtonLink variant={variant} href={reconnectHref(connection.apiClient.id, connection.id)}>
          <PlugZap aria-hidden />
          {t('connectAgain')}
        </ButtonLink>
      )
    case 'open-api-client':
      return (
        <ButtonLink variant={variant} href={pages.apiClient(connection.apiClient.id)}>
          {t('openApiClient')}
        </ButtonLink>
      )
    case 'disconnect':
      return <DisconnectButton connection={connection} />
  }
}
