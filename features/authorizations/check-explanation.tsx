'use client'

import { useTranslations } from 'use-intl'
import type { Preflight } from '@/contracts/api-clients'
import { explanationOf, explanationValues, nearMissOf, type NearMiss } from './explain-check'

type CheckExplanationProps = { check: Preflight['checks'][number]; hint?: string | undefined }

/** What a check means, in words; for a redirect URI that nearly fits, both addresses with the place where they part. */
export function CheckExplanation({ check, hint }: CheckExplanationProps) {
  const t = useTranslations('authorizations')
  const values = explanationValues(check)
  const nearMiss = nearMissOf(check)
  return (
    <>
      <p>
        {t(`preflight.reasons.${explanationOf(check)}`, {
          ...values,
          ours: environmentWord(t, values.ours),
          theirs: environmentWord(t, values.theirs),
          position: nearMiss?.position ?? '?',
        })}
      </p>
      {nearMiss !== null && <NearMissAddresses nearMiss={nearMiss} />}
      {hint !== undefined && <p>{hint}</p>}
    </>
  )
}

function NearMissAddresses({ nearMiss }: { nearMiss: NearMiss }) {
  const t = useTranslations('authorizations.preflight')
  const rows = [
    { term: t('sent'), text: nearMiss.sent },
    { term: t('nearest'), text: nearMiss.nearest },
  ]
  return (
    <dl className="mt-1.5 grid gap-x-3 gap-y-1 sm:grid-cols-[auto_minmax(0,1fr)]">
      {rows.map(({ term, text }) => (
        <div key={term} className="contents">
          <dt className="text-[0.8125rem]">{term}</dt>
          <dd className="font-mono text-xs leading-5 break-all text-foreground">
            {text.same}
            {text.rest === '' ? (
              <span className="font-sans text-muted"> {t('endsHere')}</span>
            ) : (
              <mark className="rounded-xs bg-danger-subtle text-danger-text underline decoration-2 underline-offset-2">{text.rest}</mark>
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}

function environmentWord(t: ReturnType<typeof useTranslations<'authorizations'>>, value: string): string {
  return value === 'PRODUCTION' || value === 'SANDBOX' ? t(`environment.${value}`) : value
}
