'use client'

import { useTranslations } from 'use-intl'
import { CodeBlock } from '@/components/code-block'

/** The mail to Octorate that adds our callback in production, ready to send. */
export function MailRequest({ uri, clientId }: { uri: string; clientId: string }) {
  const t = useTranslations('apiClients.callback.mail')
  return (
    <div className="flex flex-col gap-2">
      <p className="font-medium">{t('title')}</p>
      <p className="text-muted">{t('text')}</p>
      <CodeBlock wrap label={t('label')} code={t('body', { uri, clientId })} />
    </div>
  )
}
