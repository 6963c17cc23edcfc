'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { CodeBlock } from '@/components/code-block'
import { PageHeader } from '@/components/page-header'
import { TextSource } from '@/components/text-source'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Card, CardContent, CardDescription, CardFooter, CardHeader, CardTitle } from '@/components/ui/card'
import { toast } from '@/components/ui/toast-store'
import { pages } from '@/contracts/paths'
import { ProblemAlert } from '../problem-state'
import { ContactLines } from './contact-lines'
import { useCheckContacts, useImportContacts } from './mutations'

type File = { name: string; text: string }

/** Contacts from a file: what would change is shown first, and only then taken over. */
export function ImportContactsScreen() {
  const t = useTranslations('contacts')
  const [text, setText] = useState('')
  const [file, setFile] = useState<File | null>(null)
  const [isTried, setTried] = useState(false)
  const check = useCheckContacts()
  const take = useImportContacts()
  const source = file?.text ?? text
  const begin = (next: { text: string; file: File | null }) => {
    setText(next.text)
    setFile(next.file)
    setTried(false)
    check.reset()
    take.reset()
  }
  const look = () => {
    setTried(true)
    if (source.trim() !== '' && !check.isPending) check.mutate(source)
  }
  const result = take.data ?? check.data
  const changed = check.data?.counts.changed ?? 0
  const wrongFile = check.data?.fault ? t(`fault.${check.data.fault}`) : undefined
  return (
    <>
      <PageHeader breadcrumb={[{ label: t('connections'), href: pages.connections() }, { label: t('title') }]} title={t('title')} description={t('text')} />
      <Card>
        <CardHeader>
          <CardTitle>{t('source.title')}</CardTitle>
          <CardDescription>{t('source.text')}</CardDescription>
        </CardHeader>
        <CardContent className="flex flex-col gap-5">
          <CodeBlock label={t('source.example')} code={EXAMPLE} />
          <TextSource
            labels={{ legend: t('source.label'), label: t('source.label'), hint: t('source.hint'), file: t('source.file'), remove: t('source.remove') }}
            name="contacts"
            text={text}
            onText={(typed) => begin({ text: typed, file: null })}
            chosen={file?.name ?? null}
            onFile={(chosen) => {
              if (chosen === null) return begin({ text: '', file: null })
              void chosen.text().then((read) => begin({ text: '', file: { name: chosen.name, text: read } }))
            }}
            error={wrongFile ?? (isTried && source.trim() === '' ? t('source.nothing') : undefined)}
          />
          {check.isError && <ProblemAlert error={check.error} />}
        </CardContent>
        <CardFooter>
          <Button variant={changed > 0 ? 'secondary' : 'primary'} loading={check.isPending} onClick={look}>
            {t('look')}
          </Button>
        </CardFooter>
      </Card>
      {take.data !== undefined && (
        <Alert tone="success" title={t('done', { count: take.data.counts.changed })}>
          {take.data.counts.malformed > 0 && t('doneLeft', { count: take.data.counts.malformed })}
        </Alert>
      )}
      {result !== undefined && result.fault === null && (
        <ContactLines
          key={take.data === undefined ? 'dry' : 'done'}
          result={result}
          action={
            take.data === undefined && changed > 0 ? (
              <Button variant="primary" loading={take.isPending} onClick={() => take.mutate(source, { onSuccess: ({ counts }) => void toast.success(t('done', { count: counts.changed })) })}>
                {t('take', { count: changed })}
              </Button>
            ) : undefined
          }
        />
      )}
      {take.isError && <ProblemAlert error={take.error} />}
    </>
  )
}

const EXAMPLE = 'property_id,name,email,phone,language\n324410,Marco Bianchi,marco@locanda.example,+39 041 555 0142,it'
