'use client'

import { useTranslations } from 'use-intl'
import { CodeBlock } from '@/components/code-block'

export type MailRequestProps = {
  uri: string
  clientId: string
  /** Octorate just refused the other way: the text is open. */
  isNeeded: boolean
}

/** The mail to Octorate that adds our callback in production, ready to send. */
export function MailRequest({ uri, clientId, isNeeded }: MailRequestProps) {
  const t = useTranslations('apiClients.callback.mail')
  return (
    <details key={String(isNeeded)} open={isNeeded} className="flex flex-col">
      <summary className="w-fit rounded-xs py-1 font-medium text-accent-text touch:py-3">{t('title')}</summary>
      <p className="mt-1 mb-2 text-muted">{t('text')}</p>
      <CodeBlock wrap label={t('label')} code={t('body', { uri, clientId })} />
    </details>
  )
}
