'use client'

import { useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { toast } from '@/components/ui/toast-store'
import { newPropertySchema } from '@/contracts/property-creations'
import { ProblemAlert } from '../problem-state'
import { FlagFields, NO_FLAGS } from './flag-fields'
import { useCreateProperty } from './mutations'

const FIELDS = ['name', 'givenName', 'familyName', 'email', 'city', 'zip', 'country', 'currency'] as const
const REQUIRED: readonly string[] = FIELDS.slice(0, 4)
type Values = Record<(typeof FIELDS)[number], string>
const EMPTY: Values = { name: '', givenName: '', familyName: '', email: '', city: '', zip: '', country: '', currency: '' }

/** One new property: what Octorate needs, and what it is well to say. */
export function PropertyForm({ apiClientId }: { apiClientId: string }) {
  const t = useTranslations('propertyCreations')
  const [values, setValues] = useState(EMPTY)
  const [flags, setFlags] = useState(NO_FLAGS)
  const [wrong, setWrong] = useState<readonly string[]>([])
  const create = useCreateProperty(apiClientId)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (create.isPending) return
    const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim() !== ''))
    const networkName = flags.networkName.trim()
    const parsed = newPropertySchema.safeParse({ ...given, ...flags, networkName: networkName === '' ? undefined : networkName })
    setWrong(parsed.success ? [] : parsed.error.issues.map((issue) => String(issue.path[0])))
    if (!parsed.success) return
    create.mutate(parsed.data, {
      onSuccess: ({ state, name }) => {
        if (state !== 'created') return
        toast.success(t('created', { name }))
        setValues(EMPTY)
      },
    })
  }
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('form')}</CardTitle>
        <CardDescription>{t('formText')}</CardDescription>
      </CardHeader>
      <CardContent>
        <form noValidate onSubmit={submit} className="flex flex-col gap-4">
          <div className="grid gap-4 sm:grid-cols-2">
            {FIELDS.map((name) => (
              <Field key={name} label={t(`fields.${name}`)} error={wrong.includes(name) ? t(`wrong.${name}`) : undefined} required={REQUIRED.includes(name)}>
                <Input name={name} value={values[name]} onChange={(event) => setValues({ ...values, [name]: event.target.value })} autoComplete="off" />
              </Field>
            ))}
          </div>
          <FlagFields value={flags} onChange={setFlags} />
          {create.isError && <ProblemAlert error={create.error} />}
          <Button type="submit" variant="primary" className="w-fit" loading={create.isPending}>
            {t('submit')}
          </Button>
        </form>
      </CardContent>
    </Card>
  )
}
