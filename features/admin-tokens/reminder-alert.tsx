'use client'

import { useTranslations } from 'use-intl'
import { Alert } from '@/components/ui/alert'

const URGENT_DAYS = 7

/** The reminder that is due for the admin token in use; nothing while there is time. */
export function ReminderAlert({ days }: { days: number | null }) {
  const t = useTranslations('adminTokens.reminder')
  if (days === null) return null
  return (
    <Alert tone={days <= URGENT_DAYS ? 'danger' : 'warning'} title={t('title', { days })}>
      {t('text')}
    </Alert>
  )
}
