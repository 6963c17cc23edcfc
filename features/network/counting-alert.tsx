'use client'

import { useTranslations } from 'use-intl'
import { Alert } from '@/components/ui/alert'
import type { ClientAddressReport } from '@/contracts/client-addresses'
import { showInvisible } from '@/lib/text/show-invisible'

/** Which address counts and why; and what to do where that is not what one would expect. */
export function CountingAlert({ report: { hops, address, unresolved } }: { report: ClientAddressReport }) {
  const t = useTranslations('network')
  const trusted = hops.filter(({ reason }) => reason === 'trusted').length
  const counting = hops.find(({ counts }) => counts)
  if (address === null || counting === undefined) {
    return (
      <Alert tone="danger" title={t('counts.unclear')}>
        {unresolved !== null && `${t(`reasons.${unresolved}`)} `}
        {t('counts.unclearText')}
      </Alert>
    )
  }
  const why = {
    leftmost: t('counts.allTrusted'),
    no_header: t('counts.noHeader'),
    other: trusted === 0 ? t('counts.direct') : t('counts.proxied', { count: trusted }),
  }
  const { reason } = counting
  const isOurs = reason === 'leftmost' || reason === 'no_header'
  const isIgnored = counting.from === 'socket' && hops.length > 1
  return (
    <>
      <Alert tone={isOurs ? 'warning' : 'success'} title={t('counts.title', { address })}>
        {why[isOurs ? reason : 'other']}
      </Alert>
      {isIgnored && (
        <Alert tone="warning" title={t('ignored.title')}>
          {t('ignored.text', { peer: showInvisible(counting.text) })}
        </Alert>
      )}
    </>
  )
}
