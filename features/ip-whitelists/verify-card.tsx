'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { RelativeTime } from '@/components/relative-time'
import { RequestId } from '@/components/request-id'
import { StatusPill } from '@/components/status-pill'
import { Button } from '@/components/ui/button'
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'
import { Field } from '@/components/ui/field'
import { Select } from '@/components/ui/select'
import type { IpWhitelist, Verification } from '@/contracts/ip-whitelists'
import { showInvisible } from '@/lib/text/show-invisible'
import { ProblemAlert } from '../problem-state'
import { useVerifyWhitelist } from './mutations'

const TONES = { allowed: 'success', refused: 'danger', unclear: 'warning' } as const
const MOST_SHOWN = 5

type VerifyCardProps = { apiClientId: string; list: Pick<IpWhitelist, 'properties' | 'verifications'>; now: string }

/** Shows Octorate the admin token for one property, from this server, and what Octorate answered; here and elsewhere. */
export function VerifyCard({ apiClientId, list: { properties, verifications }, now }: VerifyCardProps) {
  const t = useTranslations('ipWhitelists.verify')
  const [chosen, setChosen] = useState<string | null>(null)
  const verify = useVerifyWhitelist(apiClientId)
  const propertyId = chosen ?? properties[0]?.propertyId
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('title')}</CardTitle>
        <CardDescription>{t('text')}</CardDescription>
      </CardHeader>
      <CardContent className="flex flex-col gap-4">
        {propertyId === undefined ? (
          <p className="text-muted">{t('noProperty')}</p>
        ) : (
          <div className="flex flex-wrap items-end gap-3">
            <Field label={t('property')} className="min-w-0 flex-1 basis-52">
              <Select name="propertyId" value={propertyId} onChange={(event) => setChosen(event.target.value)}>
                {properties.map(({ propertyId: id, name }) => (
                  <option key={id} value={id}>
                    {t('propertyName', { name: showInvisible(name), id })}
                  </option>
                ))}
              </Select>
            </Field>
            <Button loading={verify.isPending} onClick={() => verify.mutate(propertyId)}>
              {t('submit')}
            </Button>
          </div>
        )}
        {verify.isError && <ProblemAlert error={verify.error} />}
        <div aria-live="polite">
          {verifications.length === 0 ? (
            <p className="text-[0.8125rem] text-muted">{t('none')}</p>
          ) : (
            <ul aria-label={t('answers')} className="divide-y rounded-lg border">
              {verifications.slice(0, MOST_SHOWN).map((verification) => (
                <Answer key={verification.id} verification={verification} now={now} />
              ))}
            </ul>
          )}
        </div>
      </CardContent>
    </Card>
  )
}

function Answer({ verification, now }: { verification: Verification; now: string }) {
  const t = useTranslations('ipWhitelists.verify')
  const { outcome, source, host, propertyId, status, message, upstreamRequestId, at } = verification
  return (
    <li className="flex flex-col gap-1 px-3.5 py-2.5">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <StatusPill tone={TONES[outcome]}>{t(`outcomes.${outcome}`)}</StatusPill>
        <span className="font-medium wrap-anywhere">{source === 'console' ? t('here') : t('there', { host: showInvisible(host ?? '') })}</span>
        <RelativeTime at={at} now={now} className="text-[0.8125rem] text-muted" />
      </p>
      <p className="text-[0.8125rem] text-muted">{t(`means.${outcome}`)}</p>
      <p className="text-[0.8125rem] wrap-anywhere text-muted">
        {t('answer', { property: showInvisible(propertyId), status: status === null ? t('noStatus') : String(status) })}
        {message !== null && ` ${showInvisible(message, MOST_CHARACTERS)}`}
      </p>
      {upstreamRequestId !== null && <RequestId id={upstreamRequestId} label={t('requestId')} />}
    </li>
  )
}

const MOST_CHARACTERS = 300
