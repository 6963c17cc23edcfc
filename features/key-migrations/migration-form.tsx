'use client'

import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useMemo, useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { useFirstInvalidFocus } from '@/components/use-first-invalid-focus'
import { pages } from '@/contracts/paths'
import { dryRunKeys } from '@/lib/key-migrations/dry-run-keys'
import { ProblemAlert } from '../problem-state'
import { BringCard } from './bring-card'
import { ClientCard, type MigrationClient, type MigrationWishes } from './client-card'
import { ColumnsCard } from './columns-card'
import { DryRunCard } from './dry-run-card'
import { linesToSend, type DryRunLine } from './dry-run-lines'
import { useStartKeyMigration } from './mutations'
import { keyMigrationQueries } from './queries'
import { StartProblem } from './start-problem'
import { useKeyFile } from './use-key-file'

type Mistakes = { apiClientId?: boolean; name?: boolean; keys?: boolean }

const NOTHING: readonly never[] = []

/** Bring the keys, choose their columns and the API client, see what would happen, start. */
export function MigrationForm({ clients }: { clients: readonly MigrationClient[] }) {
  const t = useTranslations('keyMigrations.new')
  const router = useRouter()
  const file = useKeyFile()
  const [wishes, setWishes] = useState<MigrationWishes>({ apiClientId: onlyOne(clients)?.id ?? '', name: '', perSecond: 5 })
  const [mistakes, setMistakes] = useState<Mistakes>({})
  const form = useFirstInvalidFocus(mistakes)
  const start = useStartKeyMigration()
  const { lines } = file
  const propertyIds = useMemo(() => lines.flatMap((line) => ('fault' in line ? [] : [line.propertyId])), [lines])
  const check = useQuery({
    ...keyMigrationQueries.check(wishes.apiClientId, { revision: file.reading, propertyIds }),
    enabled: propertyIds.length > 0 && wishes.apiClientId !== '',
  })
  const told = check.data?.items ?? NOTHING
  const verdicts: readonly DryRunLine[] = useMemo(() => dryRunKeys(lines, told), [lines, told])
  const chosen = useMemo(() => linesToSend(verdicts), [verdicts])
  const isBusy = file.isReading || check.isFetching || start.isPending

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isBusy) return
    const found = { apiClientId: wishes.apiClientId === '', name: wishes.name.trim() === '', keys: chosen.length === 0 }
    setMistakes(found)
    if (found.apiClientId || found.name || found.keys) return
    start.mutate({ ...wishes, name: wishes.name.trim(), lines: [...chosen] }, { onSuccess: ({ id }) => router.push(pages.keyMigration(id)) })
  }
  return (
    <form ref={form} method="post" noValidate onSubmit={submit} className="flex min-w-0 flex-col gap-5">
      <BringCard file={file} isMissing={mistakes.keys === true} />
      <ColumnsCard file={file} />
      <ClientCard clients={clients} wishes={wishes} onWishes={setWishes} mistakes={mistakes} />
      {verdicts.length > 0 && (
        <DryRunCard lines={verdicts} headings={file.headings} isChecking={check.isFetching} isListed={check.data?.isListed ?? null} />
      )}
      {check.isError && <ProblemAlert error={check.error} />}
      {start.isError && <StartProblem error={start.error} />}
      <div className="flex flex-wrap items-center justify-end gap-3">
        {mistakes.keys === true && chosen.length === 0 && <p className="text-[0.8125rem] text-danger-text">{t('nothing')}</p>}
        <Button type="submit" variant="primary" loading={start.isPending} disabled={file.isReading || check.isFetching}>
          {t('start', { count: chosen.length })}
        </Button>
      </div>
    </form>
  )
}

/** With several to choose from none is chosen: the wrong one uses keys up. */
function onlyOne(clients: readonly MigrationClient[]): MigrationClient | undefined {
  return clients.length === 1 ? clients[0] : undefined
}
