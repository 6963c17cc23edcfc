'use client'

import { useTranslations } from 'use-intl'
import { CodeBlock } from '@/components/code-block'
import { CopyButton } from '@/components/copy-button'
import { formatElapsed, formatUtc } from '@/components/format-time'
import type { Exchange } from '@/contracts/exchange'
import { answerText, requestText } from './exchange-text'
import { toCurl } from './to-curl'

/** The calls of one step, one under the other. */
export function MaskedExchanges({ exchanges }: { exchanges: readonly Exchange[] }) {
  const t = useTranslations('exchanges')
  return (
    <div className="flex flex-col gap-5">
      {exchanges.map((exchange, index) => (
        <MaskedExchange
          key={`${exchange.startedAt} ${exchange.url}`}
          exchange={exchange}
          title={t('call', { index: index + 1, count: exchanges.length })}
        />
      ))}
      <p className="text-[0.8125rem] text-muted">{t('masked')}</p>
    </div>
  )
}

function MaskedExchange({ exchange, title }: { exchange: Exchange; title: string }) {
  const t = useTranslations('exchanges')
  const answer = answerText(exchange)
  return (
    <section aria-label={title} className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p>
          <span className="font-medium">{title}</span>{' '}
          <span className="text-[0.8125rem] text-muted tabular-nums">
            {t('took', { elapsed: formatElapsed(exchange.durationMs), at: formatUtc(Date.parse(exchange.startedAt)) })}
          </span>
        </p>
        <CopyButton text={toCurl(exchange)} name={title} labels={{ copy: t('copyCurl') }} />
      </div>
      <div className="grid gap-3 lg:grid-cols-2">
        <CodeBlock label={t('request')} code={requestText(exchange)} wrap />
        <CodeBlock label={t('answer')} code={answer ?? t('noAnswer')} wrap />
      </div>
    </section>
  )
}
