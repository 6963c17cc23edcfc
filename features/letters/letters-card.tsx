'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { CodeBlock } from '@/components/code-block'
import { CopyField } from '@/components/copy-field'
import { RelativeTime } from '@/components/relative-time'
import { StatusPill } from '@/components/status-pill'
import { Button } from '@/components/ui/button'
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'
import type { Letter, LetterKind } from '@/contracts/letters'
import type { ApiClientDetail } from '@/contracts/api-clients'
import { ProblemAlert } from '../problem-state'
import { useMarkLetterSent } from './mutations'
import { letterQueries } from './queries'

export type LettersCardProps = {
  apiClient: Pick<ApiClientDetail, 'id' | 'clientId' | 'clientSecretLast4'>
  kinds: readonly LetterKind[]
  now: string
  mayWrite: boolean
}

const RECIPIENT = 'openapi@octorate.com'
const TONES = { drafted: 'warning', sent: 'info', seen_live: 'success' } as const

/** What Octorate does by mail only, ready to send, and how far each letter is; nothing while there is none. */
export function LettersCard({ apiClient, kinds, now, mayWrite }: LettersCardProps) {
  const t = useTranslations('letters')
  const { data } = useQuery(letterQueries.list(apiClient.id))
  const [newest, ...older] = data?.items.filter(({ kind }) => kinds.includes(kind)) ?? []
  if (newest === undefined) return null
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('title')}</CardTitle>
        <CardDescription>{t('text')}</CardDescription>
      </CardHeader>
      <CardContent className="flex flex-col gap-5">
        <LetterText letter={newest} apiClient={apiClient} now={now} mayWrite={mayWrite} />
        {older.length > 0 && (
          <details>
            <summary className="w-fit rounded-xs py-1 text-sm font-medium text-accent-text touch:py-3">{t('older', { count: older.length })}</summary>
            <ul className="mt-2 flex flex-col gap-2">
              {older.map((letter) => (
                <li key={letter.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
                  <StatusPill tone={TONES[letter.state]}>{t(`state.${letter.state}`)}</StatusPill>
                  <span>{t(`${letter.kind}.subject`, { clientId: apiClient.clientId })}</span>
                  <RelativeTime at={letter.draftedAt} now={now} className="text-muted" />
                </li>
              ))}
            </ul>
          </details>
        )}
      </CardContent>
    </Card>
  )
}

type LetterTextProps = Omit<LettersCardProps, 'kinds'> & { letter: Letter }

function LetterText({ letter, apiClient, now, mayWrite }: LetterTextProps) {
  const t = useTranslations('letters')
  const { clientId, clientSecretLast4 } = apiClient
  const markSent = useMarkLetterSent(apiClient.id)
  const subject = t(`${letter.kind}.subject`, { clientId })
  const body = t(`${letter.kind}.body`, {
    clientId, list: (letter.ipList?.blocks ?? letter.redirectUris).join('\n') || t('emptyList'), last4: letter.last4 ?? clientSecretLast4,
    added: letter.ipList?.added.join('\n') || t('none'), removed: letter.ipList?.removed.join('\n') || t('none'),
  })
  const at = letter.seenLiveAt ?? letter.sentAt ?? letter.draftedAt
  return (
    <div className="flex flex-col gap-4">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1" aria-live="polite">
        <StatusPill tone={TONES[letter.state]}>{t(`state.${letter.state}`)}</StatusPill>
        <RelativeTime at={at} now={now} className="text-[0.8125rem] text-muted" />
        <span className="text-[0.8125rem] text-muted">{t(`stateText.${letter.kind === 'redirect_uris' || letter.kind === 'production' ? letter.state : 'unseen'}`)}</span>
      </p>
      <CopyField label={t('to')} value={RECIPIENT} />
      <CopyField label={t('subject')} value={subject} />
      <CodeBlock wrap label={t('body')} code={body} />
      {markSent.isError && <ProblemAlert error={markSent.error} />}
      {mayWrite && letter.state === 'drafted' && (
        <div className="flex flex-wrap gap-2">
          <Button loading={markSent.isPending} onClick={() => markSent.mutate(letter.id)}>
            {t('markSent')}
          </Button>
        </div>
      )}
    </div>
  )
}
