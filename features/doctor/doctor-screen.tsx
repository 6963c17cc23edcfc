'use client'

import { useQuery } from '@tanstack/react-query'
import { RefreshCw } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { CheckList } from '@/components/check-list'
import { CodeBlock } from '@/components/code-block'
import { LiveRegion } from '@/components/live-region'
import { PageHeader } from '@/components/page-header'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'
import { useClockText } from '@/components/use-clock-text'
import { DOCTOR_KINDS, type DoctorReport } from '@/contracts/doctor'
import { ProblemState } from '../problem-state'
import { doctorQueries } from './queries'

const STATUS = { ok: 'pass', warning: 'warn', problem: 'fail' } as const

/** Everything that can be wrong with this installation: how it is, and what to do. */
export function DoctorScreen() {
  const t = useTranslations('doctor')
  const { data, error, isFetching, refetch } = useQuery(doctorQueries.report())
  return (
    <>
      <PageHeader
        breadcrumb={[{ label: t('settings') }, { label: t('title') }]}
        title={t('title')}
        description={t('description')}
        action={
          <Button variant="primary" loading={isFetching} onClick={() => void refetch()}>
            <RefreshCw aria-hidden />
            {t('again')}
          </Button>
        }
      />
      {error !== null && <ProblemState error={error} variant={data === undefined ? 'page' : 'inline'} onRetry={() => void refetch()} retrying={isFetching} />}
      {data !== undefined && <Report report={data} />}
    </>
  )
}

function Report({ report: { at, findings, text } }: { report: DoctorReport }) {
  const t = useTranslations('doctor')
  const clock = useClockText(at)
  const count = (level: 'warning' | 'problem') => findings.filter((finding) => finding.level === level).length
  const [problems, warnings] = [count('problem'), count('warning')]
  const tone = problems > 0 ? 'danger' : warnings > 0 ? 'warning' : 'success'
  return (
    <>
      <Alert tone={tone} title={t(`sum.${tone}`, { problems, warnings })}>
        {t('looked', { at: clock(at) })}
      </Alert>
      <LiveRegion message={t('done', { problems, warnings })} />
      <div className="grid items-start gap-5 xl:grid-cols-2">
        {DOCTOR_KINDS.map((kind) => (
          <section key={kind} aria-labelledby={`doctor-${kind}`} className="flex min-w-0 flex-col gap-2">
            <h2 id={`doctor-${kind}`} className="text-[0.9375rem] font-semibold">
              {t(`kinds.${kind}`)}
            </h2>
            <CheckList
              label={t(`kinds.${kind}`)}
              labels={{ pass: t('levels.ok'), warn: t('levels.warning'), fail: t('levels.problem') }}
              items={findings
                .filter((finding) => finding.kind === kind)
                .map(({ subject, level, what, todo }) => ({
                  id: subject,
                  label: <span className="wrap-anywhere">{subject}</span>,
                  status: STATUS[level],
                  explanation: (
                    <span className="wrap-anywhere">
                      {what}
                      {todo !== undefined && <span className="mt-0.5 block font-medium text-foreground">{todo}</span>}
                    </span>
                  ),
                }))}
            />
          </section>
        ))}
      </div>
      <Card>
        <CardHeader>
          <CardTitle>{t('support.title')}</CardTitle>
          <CardDescription>{t('support.text')}</CardDescription>
        </CardHeader>
        <CardContent>
          <CodeBlock wrap label={t('support.label')} code={text} />
        </CardContent>
      </Card>
    </>
  )
}
