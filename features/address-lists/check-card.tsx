'use client'

import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import type { AddressCheck } from '@/contracts/address-lists'
import { showInvisible } from '@/lib/text/show-invisible'
import { ProblemAlert } from '../problem-state'
import type { ListCalls } from './list-calls'

/** Does an address belong, and by which line; or which line comes nearest. */
export function CheckCard({ calls }: { calls: ListCalls }) {
  const t = useTranslations('addressLists.check')
  const [address, setAddress] = useState('')
  const [isMissing, setMissing] = useState(false)
  const check = useMutation({ mutationFn: calls.check })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setMissing(address.trim() === '')
    if (address.trim() !== '' && !check.isPending) check.mutate(address.trim())
  }
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('title')}</CardTitle>
        <CardDescription>{t('text')}</CardDescription>
      </CardHeader>
      <CardContent className="flex flex-col gap-4">
        <form noValidate method="post" onSubmit={submit} className="flex flex-col gap-3">
          <Field label={t('label')} error={isMissing ? t('missing') : undefined}>
            <Input
              mono
              name="address"
              value={address}
              onChange={(event) => setAddress(event.target.value)}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
            />
          </Field>
          <Button type="submit" className="w-fit" loading={check.isPending}>
            {t('submit')}
          </Button>
        </form>
        <div aria-live="polite" className="empty:hidden">
          {check.isError && <ProblemAlert error={check.error} />}
          {check.data !== undefined && <Answer answer={check.data} />}
        </div>
      </CardContent>
    </Card>
  )
}

function Answer({ answer: { verdict, address, sentence, match, nearest } }: { answer: AddressCheck }) {
  const t = useTranslations('addressLists.check')
  if (verdict === 'listed' && match !== null) {
    return (
      <Alert tone="success" title={t('listed', { address: address ?? '' })}>
        <Line by={match} text={t('by', { line: match.line, block: match.block })} />
      </Alert>
    )
  }
  if (verdict === 'unreadable' || verdict === 'ipv6') return <Alert tone="warning" title={t(verdict)}>{sentence}</Alert>
  return (
    <Alert tone="danger" title={t('notListed', { address: address ?? '' })}>
      {nearest === null ? t('empty') : <Line by={nearest} text={t('nearest', { line: nearest.line, block: nearest.block, distance: nearest.distance, side: nearest.side })} />}
    </Alert>
  )
}

function Line({ by, text }: { by: { comment: string }; text: string }) {
  return (
    <>
      <p className="wrap-anywhere">{text}</p>
      <p className="text-[0.8125rem] wrap-anywhere text-muted">{showInvisible(by.comment)}</p>
    </>
  )
}
