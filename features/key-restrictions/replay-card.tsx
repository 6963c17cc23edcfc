'use client'

import { useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { formatUtc } from '@/components/format-time'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'
import { Field } from '@/components/ui/field'
import { Textarea } from '@/components/ui/textarea'
import type { ListEntry } from '@/contracts/address-lists'
import type { Replay } from '@/contracts/key-restrictions'
import { splitEntries } from '@/lib/net/split-entries'
import { showInvisible } from '@/lib/text/show-invisible'
import { readEntry } from '../address-lists/read-entry'
import { ProblemAlert } from '../problem-state'
import { BlockedAddresses } from './blocked-addresses'
import { useReplay } from './mutations'

const MOST_CHARACTERS = 60

/** Measures the requests of the last day against a list that is not saved. */
export function ReplayCard({ machineKeyId, entries, now }: { machineKeyId: string; entries: readonly ListEntry[]; now: string }) {
  const t = useTranslations('keyRestrictions.replay')
  const [text, setText] = useState('')
  const [mistake, setMistake] = useState<string | undefined>(undefined)
  const replay = useReplay(machineKeyId)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (replay.isPending) return
    const read = splitEntries(text).map(({ text: entry }) => ({ entry, typed: readEntry(entry) }))
    const wrong = read.flatMap(({ entry, typed }) => (typed.ok ? [] : [t('wrong', { entry: showInvisible(entry, MOST_CHARACTERS), sentence: typed.sentence })]))
    setMistake(read.length === 0 ? t('empty') : wrong[0])
    if (read.length > 0 && wrong.length === 0) replay.mutate(read.flatMap(({ typed }) => (typed.ok ? [typed.block] : [])))
  }
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('title')}</CardTitle>
        <CardDescription>{t('text')}</CardDescription>
      </CardHeader>
      <CardContent className="flex flex-col gap-4">
        <form noValidate method="post" onSubmit={submit} className="flex flex-col gap-3">
          <Field label={t('label')} hint={t('hint')} error={mistake}>
            <Textarea
              mono
              name="draft"
              value={text}
              onChange={(event) => setText(event.target.value)}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              className="field-sizing-fixed max-h-72 min-h-28"
            />
          </Field>
          <div className="flex flex-wrap gap-2">
            <Button type="submit" loading={replay.isPending}>
              {t('submit')}
            </Button>
            {entries.length > 0 && (
              <Button variant="ghost" onClick={() => setText(entries.map(({ block }) => block).join('\n'))}>
                {t('current')}
              </Button>
            )}
          </div>
        </form>
        <div aria-live="polite" className="empty:hidden">
          {replay.isError && <ProblemAlert error={replay.error} />}
          {replay.data !== undefined && <Outcome replay={replay.data} now={now} />}
        </div>
      </CardContent>
    </Card>
  )
}

function Outcome({ replay, now }: { replay: Replay; now: string }) {
  const t = useTranslations('keyRestrictions.replay')
  const { requests, addresses, blockedRequests, blockedAddresses } = replay
  const since = formatUtc(Date.parse(replay.since))
  if (blockedRequests === 0) return <Alert tone="success" title={t('none')}>{t('noneText', { requests, addresses, since })}</Alert>
  return (
    <Alert tone="warning" title={t('some', { requests: blockedRequests, addresses: blockedAddresses })}>
      <p>{t('someText', { requests, since })}</p>
      <BlockedAddresses replay={replay} now={now} />
    </Alert>
  )
}
