'use client'

import { ExternalLink } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Countdown } from '@/components/countdown'
import { MINUTE_THRESHOLDS } from '@/components/remaining'
import { Button } from '@/components/ui/button'
import { buttonVariants } from '@/components/ui/button-variants'
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'
import { cn } from '@/components/ui/cn'
import { showInvisible } from '@/lib/text/show-invisible'
import type { StartedAuthorization } from './mutations'
import { PasteForm } from './paste-form'
import { PasteMinute } from './paste-minute'
import { useConsentReturn } from './use-consent-return'

type PasteCardProps = { started: StartedAuthorization; now: string; onStartAgain: () => void }

/** Three steps for a redirect URI where nothing of ours answers: open the consent, copy the address, paste it. */
export function PasteCard({ started, now, onStartAgain }: PasteCardProps) {
  const t = useTranslations('authorizations.paste')
  const startAgain = useTranslations('authorizations.connect')('startAgain')
  const [isOver, setOver] = useState(false)
  const { returnedAtMs, markOpened, isOpened } = useConsentReturn(now)
  const uri = showInvisible(started.redirectUri)
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('title')}</CardTitle>
        <CardDescription className="wrap-anywhere">{t('text', { uri })}</CardDescription>
      </CardHeader>
      <CardContent className="flex flex-col gap-6">
        <ol className="flex flex-col gap-6">
          <NumberedStep number={1} title={t('step1')} text={t('step1Text', { host: new URL(started.location).host })}>
            {!isOver && (
              <a
                href={started.location}
                target="_blank"
                rel="noopener noreferrer"
                onClick={markOpened}
                className={cn(buttonVariants({ variant: isOpened ? 'secondary' : 'primary' }), 'mt-3 w-fit')}
              >
                {isOpened ? t('step1Again') : t('step1Action')}
                <ExternalLink aria-hidden />
                <span className="sr-only">({t('opensTab')})</span>
              </a>
            )}
          </NumberedStep>
          <NumberedStep number={2} title={t('step2')} text={t('step2Text', { uri })} />
          <NumberedStep number={3} title={t('step3')} text={t('step3Text')}>
            <div className="mt-3 flex flex-col gap-4">
              {returnedAtMs !== null && <PasteMinute key={returnedAtMs} returnedAtMs={returnedAtMs} now={now} />}
              <PasteForm
                authorizationId={started.authorizationId}
                redirectUri={uri}
                focusOn={returnedAtMs}
                onOver={() => setOver(true)}
              />
            </div>
          </NumberedStep>
        </ol>
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-t pt-4">
          {!isOver && (
            <p className="flex flex-wrap items-center gap-1.5 text-[0.8125rem] text-muted">
              {t('expires')}
              <Countdown until={started.expiresAt} now={now} thresholds={MINUTE_THRESHOLDS} overText={t('over')} announceAtMs={SILENT} />
            </p>
          )}
          <Button variant={isOver ? 'primary' : 'ghost'} onClick={onStartAgain}>
            {startAgain}
          </Button>
        </div>
      </CardContent>
    </Card>
  )
}

/** The ring speaks: two clocks at once would not be understood. */
const SILENT: readonly number[] = []

type NumberedStepProps = { number: number; title: string; text: string; children?: ReactNode }

function NumberedStep({ number, title, text, children }: NumberedStepProps) {
  return (
    <li className="flex gap-3">
      <span
        aria-hidden
        className="grid size-7 shrink-0 place-items-center rounded-full border border-accent-line bg-accent-subtle text-[0.8125rem] font-semibold text-accent-text tabular-nums"
      >
        {number}
      </span>
      <div className="min-w-0 flex-1 pt-1">
        <p className="font-medium">{title}</p>
        <p className="text-pretty wrap-anywhere text-muted">{text}</p>
        {children}
      </div>
    </li>
  )
}
