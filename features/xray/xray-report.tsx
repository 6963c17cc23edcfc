'use client'

import Link from 'next/link'
import { useTranslations } from 'use-intl'
import { CheckList, type CheckItem } from '@/components/check-list'
import { CodeBlock } from '@/components/code-block'
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'
import { STRATEGIES } from '@/contracts/api-clients'
import { isErrorCode } from '@/contracts/errors'
import { pages } from '@/contracts/paths'
import type { Xray } from '@/contracts/xray'
import { showInvisible } from '@/lib/text/show-invisible'
import { CallsStrip } from '../exchanges/last-calls-card'
import { QuotaCard } from '../api-configuration/quota-card'
import { strategyVerdict } from './strategy-needs'
import { supportReport } from './support-report'

const TOLERATED_SKEW_MS = 5_000

/** What the credentials are good for, the calls that found it out, and the report for Octorate's support. */
export function XrayReport({ xray, clientId }: { xray: Xray; clientId: string }) {
  const t = useTranslations('xray.report')
  const { configuration } = xray
  const items = useItems(xray)
  return (
    <div aria-live="polite" className="flex flex-col gap-5">
      <Card>
        <CardHeader>
          <CardTitle>{t('title')}</CardTitle>
          <CardDescription>{t('text')}</CardDescription>
        </CardHeader>
        <CardContent className="flex flex-col gap-4">
          <CheckList items={items} label={t('title')} />
          <CallsStrip exchanges={xray.exchanges} />
        </CardContent>
      </Card>
      {configuration !== null && (
        <div className="grid items-start gap-5 xl:grid-cols-2">
          <QuotaCard quota={configuration.quota} permissions={configuration.permissions} />
          <Card>
            <CardHeader>
              <CardTitle>{t('strategies')}</CardTitle>
              <CardDescription>{t('strategiesText')}</CardDescription>
            </CardHeader>
            <CardContent>
              <CheckList
                label={t('strategies')}
                items={STRATEGIES.map((strategy): CheckItem => {
                  const verdict = strategyVerdict(strategy, configuration.permissions)
                  return {
                    id: strategy,
                    label: t(`strategy.${strategy}`),
                    status: verdict === 'enough' ? 'pass' : verdict === 'missing' ? 'fail' : 'warn',
                    explanation: t(`verdict.${verdict}`),
                  }
                })}
              />
            </CardContent>
          </Card>
        </div>
      )}
      <Card>
        <CardHeader>
          <CardTitle>{t('support')}</CardTitle>
          <CardDescription>{t('supportText')}</CardDescription>
        </CardHeader>
        <CardContent>
          <CodeBlock wrap label={t('support')} code={supportReport(clientId, xray)} />
        </CardContent>
      </Card>
    </div>
  )
}

function useItems({ login, reading, configuration, skewMs, knownAs }: Xray): CheckItem[] {
  const t = useTranslations('xray.report')
  const errors = useTranslations('errors')
  const because = (code: string) => (isErrorCode(code) ? `${errors(`${code}.what`)} ${errors(`${code}.next`)}` : code)
  const isAccepted = login === 'accepted'
  const seconds = skewMs === null ? null : Math.round(skewMs / 1000)
  const uris = configuration?.redirectUris ?? null
  return [
    { id: 'login', label: t(isAccepted ? 'accepted' : 'notAccepted'), status: isAccepted ? 'pass' : 'fail', ...(isAccepted ? {} : { explanation: because(login) }) },
    ...(reading === null ? [] : [{ id: 'reading', label: t('unread'), status: 'fail' as const, explanation: because(reading) }]),
    ...(configuration === null
      ? []
      : [
          { id: 'environment', label: t('environment', { environment: configuration.environment ?? 'untold' }), status: configuration.environment === null ? ('warn' as const) : ('pass' as const) },
          {
            id: 'uris',
            label: t('uris', { count: uris?.length ?? 0 }),
            status: uris !== null && uris.length > 0 ? ('pass' as const) : ('warn' as const),
            explanation: (
              <ul className="font-mono text-xs leading-5 wrap-anywhere">
                {uris?.map((uri) => <li key={uri}>{showInvisible(uri)}</li>)}
              </ul>
            ),
          },
          ...(configuration.active === false ? [{ id: 'active', label: t('inactive'), status: 'fail' as const }] : []),
          ...(configuration.maintenance === true ? [{ id: 'maintenance', label: t('maintenance'), status: 'warn' as const }] : []),
        ]),
    ...(seconds === null || skewMs === null
      ? []
      : [{ id: 'clock', label: t('clock', { seconds: Math.abs(seconds) }), status: Math.abs(skewMs) <= TOLERATED_SKEW_MS ? ('pass' as const) : ('warn' as const) }]),
    ...(knownAs === null
      ? []
      : [
          {
            id: 'known',
            label: t('known', { name: knownAs.name }),
            status: 'warn' as const,
            explanation: (
              <Link href={pages.apiClient(knownAs.id)} className="text-accent-text underline decoration-accent-line underline-offset-4 hover:decoration-current">
                {t('open')}
              </Link>
            ),
          },
        ]),
  ]
}
