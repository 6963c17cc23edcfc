'use client'

import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useDeferredValue, useMemo, useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { EnvironmentBadge } from '@/components/environment-badge'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Card, CardContent, CardFooter } from '@/components/ui/card'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { RadioGroup } from '@/components/ui/radio-group'
import { useFirstInvalidFocus } from '@/components/use-first-invalid-focus'
import type { ApiClientSummary } from '@/contracts/api-clients'
import { pages } from '@/contracts/paths'
import { dryRun } from '@/lib/imports/dry-run'
import { parseImportText } from '@/lib/imports/parse-import-text'
import { ProblemAlert } from '../problem-state'
import { DryRunCard } from './dry-run-card'
import { useStartImport } from './mutations'
import { importQueries } from './queries'
import { TokenSource } from './token-source'

export type ImportClient = Pick<ApiClientSummary, 'id' | 'name' | 'clientId' | 'environment' | 'upstream'>

const NOTHING: readonly never[] = []

/** Which tokens, for which API client, tried or not; and what would become of them. */
export function ImportForm({ clients }: { clients: readonly ImportClient[] }) {
  const t = useTranslations('imports')
  const router = useRouter()
  const [apiClientId, setApiClientId] = useState(clients[0]?.id ?? '')
  const [name, setName] = useState('')
  const [probe, setProbe] = useState(true)
  const [text, setText] = useState('')
  const [file, setFile] = useState<{ name: string; text: string } | null>(null)
  const [mistakes, setMistakes] = useState<{ name?: boolean; tokens?: boolean }>({})
  const form = useFirstInvalidFocus(mistakes)
  const start = useStartImport()

  const source = useDeferredValue(file?.text ?? text)
  const parsed = useMemo(() => parseImportText(source), [source])
  const lines = parsed.ok ? parsed.lines : NOTHING
  const propertyIds = useMemo(
    () => [...new Set(lines.flatMap((line) => ('fault' in line || line.propertyId === undefined ? [] : [line.propertyId])))],
    [lines],
  )
  const check = useQuery({ ...importQueries.check(apiClientId, propertyIds), enabled: propertyIds.length > 0 && apiClientId !== '' })
  const connected = useMemo(() => new Set(check.data?.connected), [check.data])
  const verdicts = useMemo(() => dryRun(lines, { probe, connected }), [lines, probe, connected])
  const chosen = useMemo(() => verdicts.flatMap((each) => (each.verdict === 'malformed' ? [] : [each.line])), [verdicts])
  const fileFault = !parsed.ok && source.trim() !== '' ? t(`fileFault.${parsed.fault}`) : undefined

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (start.isPending) return
    const found = { name: name.trim() === '', tokens: chosen.length === 0 }
    setMistakes(found)
    if (found.name || found.tokens) return
    start.mutate(
      { apiClientId, name: name.trim(), probe, lines: chosen },
      { onSuccess: ({ id }) => router.push(pages.connectionImport(id)) },
    )
  }
  return (
    <form ref={form} method="post" noValidate onSubmit={submit} className="flex min-w-0 flex-col gap-6">
      <Card>
        <CardContent className="flex flex-col gap-6 pt-4 sm:pt-5">
          <RadioGroup
            legend={t('apiClient')}
            name="apiClient"
            variant="cards"
            value={apiClientId}
            onValueChange={setApiClientId}
            options={clients.map((client) => ({
              value: client.id,
              label: (
                <span className="flex flex-wrap items-center gap-2">
                  {client.name}
                  <EnvironmentBadge kind={client.environment === 'PRODUCTION' ? 'live' : 'test'}>{t(`environment.${client.environment}`)}</EnvironmentBadge>
                </span>
              ),
              hint: <span className="wrap-anywhere">{t('clientHint', { upstream: client.upstream.label, clientId: client.clientId })}</span>,
            }))}
          />
          <Field label={t('name.label')} hint={t('name.hint')} error={mistakes.name ? t('name.error') : undefined} required className="max-w-md">
            <Input name="name" value={name} onChange={(event) => setName(event.target.value)} maxLength={80} autoComplete="off" />
          </Field>
          <RadioGroup
            legend={t('probe.legend')}
            name="probe"
            variant="cards"
            value={probe ? 'try' : 'trust'}
            onValueChange={(value) => setProbe(value === 'try')}
            options={[
              { value: 'try', label: t('probe.tryLabel'), hint: t('probe.tryHint') },
              { value: 'trust', label: t('probe.trustLabel'), hint: t('probe.trustHint') },
            ]}
          />
          {probe && (
            <Alert tone="warning" title={t('probe.warning')}>
              {t('probe.warningText')}
            </Alert>
          )}
          <TokenSource
            text={text}
            onText={setText}
            fileName={file?.name ?? null}
            onFile={setFile}
            lineCount={lines.length}
            error={fileFault ?? (mistakes.tokens && chosen.length === 0 ? t('nothing') : undefined)}
          />
        </CardContent>
        <CardFooter>
          <Button type="submit" variant="primary" loading={start.isPending}>
            {t('start', { count: chosen.length })}
          </Button>
        </CardFooter>
      </Card>
      {start.isError && <ProblemAlert error={start.error} />}
      {check.isError && <ProblemAlert error={check.error} />}
      {verdicts.length > 0 && <DryRunCard lines={verdicts} isChecking={check.isFetching} />}
    </form>
  )
}
