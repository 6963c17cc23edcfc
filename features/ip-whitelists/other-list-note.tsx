'use client'

import { useTranslations } from 'use-intl'
import { Alert } from '@/components/ui/alert'
import { pages } from '@/contracts/paths'
import { TextLink } from '../machine-keys/text-link'

/** There are two lists of addresses. This says which one this is not. */
export function OtherListNote() {
  const t = useTranslations('ipWhitelists.note')
  return (
    <Alert tone="info" title={t('title')}>
      {t('text')} <TextLink href={pages.machineKeys()}>{t('other')}</TextLink>
    </Alert>
  )
}
