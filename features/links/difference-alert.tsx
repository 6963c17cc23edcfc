'use client'

import { useTranslations } from 'use-intl'
import { Alert } from '@/components/ui/alert'
import type { LinkDetail } from '@/contracts/links'
import { showInvisible } from '@/lib/text/show-invisible'

/** What came to a network, or left it, with the last consent. */
export function DifferenceAlert({ difference }: { difference: NonNullable<LinkDetail['difference']> }) {
  const t = useTranslations('links.difference')
  const words = (kind: 'added' | 'removed') => {
    const these = difference[kind]
    return these.length > 0 && <p>{t(kind, { count: these.length, names: these.map(({ name }) => showInvisible(name)).join(', ') })}</p>
  }
  return (
    <Alert tone="warning" title={t('title')}>
      {words('added')}
      {words('removed')}
    </Alert>
  )
}
