'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { formatUtc } from '@/components/format-time'
import { KeyValueList } from '@/components/key-value-list'
import { Button } from '@/components/ui/button'
import { Dialog, DialogBody, DialogContent, DialogTrigger } from '@/components/ui/dialog'
import { Skeleton } from '@/components/ui/skeleton'
import type { Operation } from '@/contracts/operations'
import { pages } from '@/contracts/paths'
import { MaskedExchanges } from '../exchanges/masked-exchanges'
import { ProblemAlert } from '../problem-state'
import { OutcomePill } from './outcome-pill'
import { operationQueries } from './queries'
import { useCallName } from './use-call-name'

type Props = { operation: Operation; mayOpenApiClient: boolean }

/** One call: why it failed and what to do, in whose words, and what went to and fro. Its name is the button that opens it. */
export function OperationDialog({ operation, mayOpenApiClient }: Props) {
  const t = useTranslations('operations')
  const name = useCallName()(operation.call)
  const [open, setOpen] = useState(false)
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button
          variant="ghost"
          className="-ml-2 h-auto px-2 py-1 text-left font-medium whitespace-normal"
          aria-label={t('open', { call: name, at: formatUtc(Date.parse(operation.at)) })}
        >
          {name}
        </Button>
      </DialogTrigger>
      {open && (
        <DialogContent title={name} size="xl" closeLabel={t('detail.close')}>
          <Content operation={operation} mayOpenApiClient={mayOpenApiClient} />
        </DialogContent>
      )}
    </Dialog>
  )
}

function Content({ operation, mayOpenApiClient }: Props) {
  const t = useTranslations('operations')
  const { data, error } = useQuery(operationQueries.detail(operation.id))
  const { cause, type, messages, requestId, apiClient, connection } = operation
  return (
    <DialogBody>
      <KeyValueList
        items={[
          { term: t('detail.outcome'), value: <OutcomePill operation={operation} /> },
          ...(cause === null ? [] : [{ term: t('detail.next'), value: t(`causes.${cause}.next`) }]),
          ...(type === null ? [] : [{ term: t('detail.type'), value: <Mono>{type}</Mono> }]),
          ...(messages.length === 0 ? [] : [{ term: t('detail.messages'), value: <ul>{messages.map((message) => <li key={message}>{message}</li>)}</ul> }]),
          ...(requestId === null ? [] : [{ term: t('detail.requestId'), value: <Mono>{requestId}</Mono> }]),
          ...(apiClient === null ? [] : [{ term: t('detail.apiClient'), value: mayOpenApiClient ? <ThingLink href={pages.apiClient(apiClient.id)}>{apiClient.name}</ThingLink> : apiClient.name }]),
          ...(connection === null ? [] : [{ term: t('detail.connection'), value: <ThingLink href={pages.connection(connection.id)}>{connection.name}</ThingLink> }]),
        ]}
      />
      {error !== null && <ProblemAlert error={error} />}
      {data === undefined && error === null && <Skeleton className="h-40" />}
      {data !== undefined && <MaskedExchanges exchanges={[data.exchange]} />}
    </DialogBody>
  )
}

function Mono({ children }: { children: string }) {
  return <span className="font-mono text-[0.8125rem]">{children}</span>
}

function ThingLink({ href, children }: { href: string; children: string }) {
  return (
    <Link href={href} className="text-accent-text underline">
      {children}
    </Link>
  )
}
