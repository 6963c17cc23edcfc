'use client'

import { useTranslations } from 'use-intl'
import { Alert } from '@/components/ui/alert'

/** Said where mails go no further than a folder. */
export function FolderAlert() {
  const t = useTranslations('campaigns.folder')
  return (
    <Alert tone="warning" title={t('title')}>
      <p className="max-w-prose text-pretty">{t('text')}</p>
    </Alert>
  )
}
