'use client'

import { useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'
import { Field } from '@/components/ui/field'
import { Textarea } from '@/components/ui/textarea'
import { explainNearMiss } from '@/lib/oauth/explain-near-miss'
import { readFailingAddress } from '@/lib/oauth/failing-address'
import { showInvisible } from '@/lib/text/show-invisible'

/** Takes the address of a failing connect and shows the first character that differs from what Octorate has. */
export function ExplainCard({ live }: { live: readonly string[] }) {
  const t = useTranslations('redirectUris.explain')
  const [pasted, setPasted] = useState('')
  const [sent, setSent] = useState<string | null>(null)
  const [isTried, setTried] = useState(false)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    setSent(pasted.trim() === '' ? null : readFailingAddress(pasted))
  }
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('title')}</CardTitle>
        <CardDescription>{t('text')}</CardDescription>
      </CardHeader>
      <CardContent className="flex flex-col gap-4">
        <form noValidate onSubmit={submit} className="flex flex-col gap-3">
          <Field label={t('label')} error={isTried && pasted.trim() === '' ? t('empty') : undefined}>
            <Textarea mono value={pasted} onChange={(event) => setPasted(event.target.value)} autoComplete="off" spellCheck={false} />
          </Field>
          <Button type="submit" className="w-fit">
            {t('submit')}
          </Button>
        </form>
        <div aria-live="polite" className="empty:hidden">
          {sent !== null && <Explanation sent={sent} live={live} />}
        </div>
      </CardContent>
    </Card>
  )
}

const NEAR = ['whitespace', 'trailing_slash', 'scheme', 'host_case', 'www', 'host', 'port', 'path_case', 'percent_encoding', 'path', 'query', 'fragment']

function Explanation({ sent, live }: { sent: string; live: readonly string[] }) {
  const t = useTranslations('redirectUris.explain')
  const match = explainNearMiss(sent, live)
  if (match.matches) {
    return (
      <Alert tone="success" title={t('matches')}>
        <span className="wrap-anywhere">{t('matchesText', { uri: showInvisible(sent) })}</span>
      </Alert>
    )
  }
  if (match.closest === null) return <Alert tone="danger" title={t('none')}>{t('noneText')}</Alert>
  if (!NEAR.includes(match.difference)) {
    return (
      <Alert tone="danger" title={t('far')}>
        <span className="wrap-anywhere">{t('farText', { sent: showInvisible(sent) })}</span>
      </Alert>
    )
  }
  return (
    // The first character is number 1 for people.
    <Alert tone="danger" title={t('near', { position: match.position + 1 })}>
      <p>{t('difference', { difference: match.difference })}</p>
      <dl className="mt-2 grid gap-x-3 gap-y-1 text-[0.8125rem] sm:grid-cols-[max-content_minmax(0,1fr)]">
        <dt className="text-muted">{t('sent')}</dt>
        <dd><Marked text={sent} from={match.position} /></dd>
        <dt className="text-muted">{t('registered')}</dt>
        <dd><Marked text={match.closest} from={match.position} /></dd>
      </dl>
    </Alert>
  )
}

/** An address with its rest from the first difference on marked; a screen reader hears where it begins. */
function Marked({ text, from }: { text: string; from: number }) {
  const t = useTranslations('redirectUris.explain')
  const rest = showInvisible(text.slice(from))
  return (
    <code className="font-mono wrap-anywhere">
      {showInvisible(text.slice(0, from))}
      <mark className="rounded-xs bg-danger-subtle px-0.5 font-semibold text-danger-text underline decoration-2 underline-offset-2">
        {rest === '' ? '␣' : rest}
      </mark>
      <span className="sr-only"> {rest === '' ? t('end') : t('from', { text: rest })}</span>
    </code>
  )
}
