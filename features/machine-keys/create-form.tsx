'use client'

import { useId, useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { readClock, toMs } from '@/components/server-clock'
import { Button } from '@/components/ui/button'
import { DialogBody, DialogClose, DialogFooter } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { RadioGroup } from '@/components/ui/radio-group'
import { Textarea } from '@/components/ui/textarea'
import { useFirstInvalidFocus } from '@/components/use-first-invalid-focus'
import { environmentSchema } from '@/contracts/api-clients'
import type { RevealedMachineKey } from '@/contracts/machine-keys'
import { ProblemAlert } from '../problem-state'
import { AddressMistakes } from './address-mistakes'
import { checkMachineKey, NO_MISTAKES, type MachineKeyValues } from './check-machine-key'
import { LifetimeChoice } from './lifetime-choice'
import { useCreateMachineKey } from './mutations'
import { ScopeChoice } from './scope-choice'

const START: MachineKeyValues = {
  name: '', environment: 'SANDBOX', scopes: ['connections:read', 'tokens:read'], isPersonal: false, properties: '', addresses: '', lifetime: '365', expiresOn: '',
}

/** What a new key is for and what it may do. */
export function CreateForm({ now, onMade }: { now: string; onMade: (made: RevealedMachineKey) => void }) {
  const t = useTranslations('machineKeys')
  const formId = useId()
  const [values, setValues] = useState(START)
  const [mistakes, setMistakes] = useState(NO_MISTAKES)
  const form = useFirstInvalidFocus(mistakes)
  const create = useCreateMachineKey()
  const change = (part: Partial<MachineKeyValues>) => setValues({ ...values, ...part })

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (create.isPending) return
    const checked = checkMachineKey(values, readClock(toMs(now), Date.now()))
    setMistakes(checked.mistakes)
    if (checked.mistakes === NO_MISTAKES) create.mutate(checked.body, { onSuccess: onMade })
  }
  const list = (name: 'properties' | 'addresses') => ({
    name,
    value: values[name],
    onChange: (event: { target: { value: string } }) => change({ [name]: event.target.value }),
    mono: true,
    rows: 2,
    autoComplete: 'off',
    autoCapitalize: 'none',
    spellCheck: false,
    className: 'min-h-16',
  })
  return (
    <>
      <DialogBody>
        <form ref={form} id={formId} method="post" noValidate onSubmit={submit} className="flex flex-col gap-5">
          <Field label={t('fields.name')} hint={t('fields.nameHint')} error={mistakes.name && t('mistakes.name')} required>
            <Input name="name" value={values.name} onChange={(event) => change({ name: event.target.value })} maxLength={80} autoComplete="off" />
          </Field>
          <RadioGroup
            legend={t('fields.environment')}
            name="environment"
            variant="cards"
            value={values.environment}
            onValueChange={(chosen) => change({ environment: environmentSchema.parse(chosen) })}
            options={[
              { value: 'SANDBOX', label: t('environment.SANDBOX'), hint: t('fields.sandboxHint') },
              { value: 'PRODUCTION', label: t('environment.PRODUCTION'), hint: t('fields.productionHint') },
            ]}
          />
          <RadioGroup
            legend={t('fields.belongsTo')}
            name="belongsTo"
            value={values.isPersonal ? 'you' : 'organization'}
            onValueChange={(chosen) => change({ isPersonal: chosen === 'you' })}
            options={[
              { value: 'organization', label: t('belongsTo.organization'), hint: t('fields.organizationHint') },
              { value: 'you', label: t('belongsTo.you'), hint: t('fields.personalHint') },
            ]}
          />
          <ScopeChoice value={values.scopes} onChange={(scopes) => change({ scopes })} error={mistakes.scopes && t('mistakes.scopes')} />
          <Field
            label={t('fields.properties')}
            optionalText={t('fields.optional')}
            hint={t('fields.propertiesHint')}
            error={propertiesError(mistakes.properties, t)}
          >
            <Textarea {...list('properties')} />
          </Field>
          <Field
            label={t('fields.addresses')}
            optionalText={t('fields.optional')}
            hint={t('fields.addressesHint')}
            error={mistakes.addresses && <AddressMistakes mistakes={mistakes.addresses} />}
          >
            <Textarea {...list('addresses')} />
          </Field>
          <LifetimeChoice value={values} onChange={change} error={mistakes.expiresOn && t('mistakes.expiresOn')} />
          {create.isError && <ProblemAlert error={create.error} />}
        </form>
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>{t('cancel')}</Button>
        </DialogClose>
        <Button type="submit" form={formId} variant="primary" loading={create.isPending}>
          {t('new.submit')}
        </Button>
      </DialogFooter>
    </>
  )
}

function propertiesError(mistake: number | 'tooMany' | undefined, t: ReturnType<typeof useTranslations<'machineKeys'>>) {
  if (mistake === undefined) return undefined
  return mistake === 'tooMany' ? t('mistakes.tooManyProperties') : t('mistakes.properties', { line: mistake })
}
