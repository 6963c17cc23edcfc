'use client'

import Link from 'next/link'
import { useTranslations } from 'use-intl'
import { CheckList, type CheckItem } from '@/components/check-list'
import { CodeBlock } from '@/components/code-block'
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'
import { STRATEGIES } from '@/contracts/api-clients'
import { isErrorCode } from '@/contracts/errors'
import { pages } from '@/contracts/paths'
import { STATUS_OF_VERDICT, strategyVerdict } from '@/contracts/strategy-needs'
import { supportReport } from '@/contracts/support-report'
import type { Xray } from '@/contracts/xray'
import { toFindings } from '@/contracts/xray-findings'
import { showInvisible } from '@/lib/text/show-invisible'
import { CallsStrip } from '../exchanges/last-calls-card'
import { QuotaCard } from '../api-configuration/quota-card'

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
                    status: STATUS_OF_VERDICT[verdict],
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

function useItems(xray: Xray): CheckItem[] {
  const t = useTranslations('xray.report')
  const errors = useTranslations('errors')
  const because = (code: string) => (isErrorCode(code) ? `${errors(`${code}.what`)} ${errors(`${code}.next`)}` : code)
  return [
    ...toFindings(xray).map(({ id, status, text, values, code, lines }): CheckItem => {
      const explanation = code === null ? lines && <Lines lines={lines} /> : because(code)
      return { id, status, label: t(text, values), ...(explanation === null ? {} : { explanation }) }
    }),
    ...(xray.knownAs === null
      ? []
      : [
          {
            id: 'known',
            label: t('known', { name: xray.knownAs.name }),
            status: 'warn' as const,
            explanation: (
              <Link href={pages.apiClient(xray.knownAs.id)} className="text-accent-text underline decoration-accent-line underline-offset-4 hover:decoration-current">
                {t('open')}
              </Link>
            ),
          },
        ]),
  ]
}

function Lines({ lines }: { lines: readonly string[] }) {
  return (
    <ul className="font-mono text-xs leading-5 wrap-anywhere">
      {lines.map((line) => (
        <li key={line}>{showInvisible(line)}</li>
      ))}
    </ul>
  )
}
