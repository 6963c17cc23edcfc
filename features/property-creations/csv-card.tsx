'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'
import { Field } from '@/components/ui/field'
import { Progress } from '@/components/ui/progress'
import { Textarea } from '@/components/ui/textarea'
import { showInvisible } from '@/lib/text/show-invisible'
import { FlagFields, NO_FLAGS } from './flag-fields'
import { useCreateProperty } from './mutations'
import { CSV_COLUMNS, readPropertyCsv, type PropertyCsv } from './read-property-csv'

/** Many new properties from a file: checked as a whole, then sent one after the other. */
export function CsvCard({ apiClientId }: { apiClientId: string }) {
  const t = useTranslations('propertyCreations')
  const [text, setText] = useState('')
  const [flags, setFlags] = useState(NO_FLAGS)
  const [sent, setSent] = useState<number | null>(null)
  const create = useCreateProperty(apiClientId)
  const networkName = flags.networkName.trim()
  const file = text.trim() === '' ? null : readPropertyCsv(text, { ...flags, networkName: networkName === '' ? undefined : networkName })
  const ready = file?.kind === 'lines' && file.lines.every(({ property }) => property !== null) ? file.lines : []
  const isRunning = sent !== null && sent < ready.length
  const run = async () => {
    for (const [index, { property }] of ready.entries()) {
      setSent(index)
      // What became of each is on the list below, refusals too.
      if (property) await create.mutateAsync(property).catch(() => undefined)
    }
    setSent(ready.length)
  }
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('csv.title')}</CardTitle>
        <CardDescription>{t('csv.text', { columns: CSV_COLUMNS.join(', ') })}</CardDescription>
      </CardHeader>
      <CardContent className="flex flex-col gap-4">
        <Field label={t('csv.file')}>
          <Textarea
            mono
            value={text}
            disabled={isRunning}
            onChange={(event) => {
              setText(event.target.value)
              setSent(null)
            }}
            autoComplete="off"
            spellCheck={false}
          />
        </Field>
        <FlagFields value={flags} onChange={setFlags} />
        <div aria-live="polite" className="flex flex-col gap-3 empty:hidden">
          {file !== null && <Findings file={file} />}
          {sent !== null && (
            <>
              <p>{t('csv.progress', { sent, total: ready.length })}</p>
              <Progress label={t('csv.title')} value={sent} max={Math.max(1, ready.length)} valueText={t('csv.progress', { sent, total: ready.length })} />
            </>
          )}
        </div>
        <Button className="w-fit" disabled={ready.length === 0 || sent === ready.length} loading={isRunning} onClick={() => void run()}>
          {t('csv.submit', { count: ready.length })}
        </Button>
      </CardContent>
    </Card>
  )
}

function Findings({ file }: { file: PropertyCsv }) {
  const t = useTranslations('propertyCreations.csv')
  if (file.kind === 'empty' || file.kind === 'too_many') return <Alert tone="warning" title={t(file.kind)} />
  if (file.kind === 'columns') return <Alert tone="danger" title={t('columns', { columns: file.missing.join(', ') })} />
  const bad = file.lines.filter(({ property }) => property === null)
  if (bad.length === 0) return <Alert tone="success" title={t('ready', { count: file.lines.length })} />
  return (
    <Alert tone="danger" title={t('bad', { count: bad.length })}>
      <ul className="text-[0.8125rem] wrap-anywhere">
        {bad.map(({ number, name, wrong }) => (
          <li key={number}>{t('badLine', { number, name: showInvisible(name), columns: wrong.join(', ') })}</li>
        ))}
      </ul>
    </Alert>
  )
}
