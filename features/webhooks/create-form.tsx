'use client'

import { useId, useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { DialogBody, DialogClose, DialogFooter } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { RadioGroup } from '@/components/ui/radio-group'
import { useFirstInvalidFocus } from '@/components/use-first-invalid-focus'
import { TYPES_OF_KIND, WEBHOOK_KINDS, type RevealedWebhook, type Webhook } from '@/contracts/webhooks'
import { ProblemAlert } from '../problem-state'
import { EventChoice } from './event-choice'
import { useCreateWebhook } from './mutations'

interface Values {
  readonly kind: Webhook['kind']
  readonly name: string
  readonly url: string
  readonly events: readonly string[]
}

type Mistakes = { readonly [K in 'name' | 'url' | 'events']?: true }

const START: Values = { kind: 'signed', name: '', url: '', events: TYPES_OF_KIND.signed }
const NO_MISTAKES: Mistakes = {}

/** Where to, of what kind, and of what. */
export function CreateForm({ onMade }: { onMade: (made: RevealedWebhook) => void }) {
  const t = useTranslations('webhooks')
  const formId = useId()
  const [values, setValues] = useState(START)
  const [mistakes, setMistakes] = useState(NO_MISTAKES)
  const form = useFirstInvalidFocus(mistakes)
  const create = useCreateWebhook()
  const change = (part: Partial<Values>) => setValues({ ...values, ...part })

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (create.isPending) return
    const found = mistakesOf(values)
    setMistakes(found)
    if (Object.keys(found).length === 0) create.mutate({ ...values, events: [...values.events] }, { onSuccess: onMade })
  }
  return (
    <>
      <DialogBody>
        <form ref={form} id={formId} method="post" noValidate onSubmit={submit} className="flex flex-col gap-5">
          <RadioGroup
            legend={t('form.kind')}
            name="kind"
            variant="cards"
            value={values.kind}
            onValueChange={(chosen) => {
              const kind = WEBHOOK_KINDS.find((each) => each === chosen) ?? 'signed'
              change({ kind, events: TYPES_OF_KIND[kind] })
            }}
            options={WEBHOOK_KINDS.map((kind) => ({ value: kind, label: t(`kinds.${kind}`), hint: t(`kindHints.${kind}`) }))}
          />
          <Field label={t('form.name')} hint={t('form.nameHint')} error={mistakes.name && t('form.nameMissing')} required>
            <Input name="name" value={values.name} onChange={(event) => change({ name: event.target.value })} maxLength={80} autoComplete="off" />
          </Field>
          <Field label={t('form.url')} hint={t('form.urlHint')} error={mistakes.url && t('form.urlMissing')} required>
            <Input
              name="url"
              type="url"
              value={values.url}
              onChange={(event) => change({ url: event.target.value })}
              maxLength={2_000}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
            />
          </Field>
          <EventChoice kind={values.kind} value={values.events} onChange={(events) => change({ events })} error={mistakes.events && t('form.eventsMissing')} />
          {create.isError && <ProblemAlert error={create.error} />}
        </form>
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>{t('form.cancel')}</Button>
        </DialogClose>
        <Button type="submit" form={formId} variant="primary" loading={create.isPending}>
          {t('form.submit')}
        </Button>
      </DialogFooter>
    </>
  )
}

function mistakesOf({ name, url, events }: Values): Mistakes {
  return {
    ...(name.trim() === '' && { name: true as const }),
    ...(!/^https?:\/\/[^\s]+$/i.test(url.trim()) && { url: true as const }),
    ...(events.length === 0 && { events: true as const }),
  }
}
