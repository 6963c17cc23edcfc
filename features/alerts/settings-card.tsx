'use client'

import { useState, type FormEvent, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { Card, CardContent, CardDescription, CardFooter, CardHeader, CardTitle } from '@/components/ui/card'
import { cn } from '@/components/ui/cn'
import { Checkbox } from '@/components/ui/checkbox'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Textarea } from '@/components/ui/textarea'
import { toast } from '@/components/ui/toast-store'
import { useFirstInvalidFocus } from '@/components/use-first-invalid-focus'
import type { AlertSettings } from '@/contracts/alerts'
import { ALERT_TYPES } from '@/contracts/events'
import { ROLES } from '@/contracts/permissions'
import { ProblemAlert } from '../problem-state'
import { checkAlertSettings, toAlertValues, type AlertMistakes, type AlertValues } from './check-alert-settings'
import { useChangeAlertSettings } from './mutations'
import { typeKey } from './type-key'

const NO_MISTAKES: AlertMistakes = {}

/** Who is told, of what, and when not. */
export function SettingsCard({ settings, recipients }: { settings: AlertSettings; recipients: readonly string[] }) {
  const t = useTranslations('alerts')
  const roleName = useTranslations('shell.roles')
  const [values, setValues] = useState<AlertValues>(() => toAlertValues(settings, settings.timeZone))
  const [mistakes, setMistakes] = useState(NO_MISTAKES)
  const form = useFirstInvalidFocus(mistakes)
  const save = useChangeAlertSettings()
  const change = (part: Partial<AlertValues>) => setValues({ ...values, ...part })
  const without = <T,>(list: readonly T[], item: T, isIn: boolean) => (isIn ? [...list, item] : list.filter((each) => each !== item))

  const submit = (event: FormEvent) => {
    event.preventDefault()
    const checked = checkAlertSettings(values)
    setMistakes('mistakes' in checked ? checked.mistakes : NO_MISTAKES)
    if ('body' in checked) save.mutate(checked.body, { onSuccess: () => toast.success(t('form.saved')) })
  }
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('form.title')}</CardTitle>
        <CardDescription>{t('form.recipients', { count: recipients.length })}</CardDescription>
      </CardHeader>
      <form ref={form} method="post" noValidate onSubmit={submit}>
        <CardContent className="flex flex-col gap-6">
          <Group legend={t('form.types')} wide>
            {ALERT_TYPES.map((type) => (
              <Checkbox
                key={type}
                label={t(`told.${typeKey(type)}.label`)}
                hint={t(`told.${typeKey(type)}.hint`)}
                checked={!values.muted.includes(type)}
                onChange={(event) => change({ muted: without(values.muted, type, !event.target.checked) })}
              />
            ))}
          </Group>
          <Group legend={t('form.roles')} hint={t('form.rolesHint')}>
            {ROLES.map((role) => (
              <Checkbox
                key={role}
                label={roleName(role)}
                checked={values.roles.includes(role)}
                onChange={(event) => change({ roles: without(values.roles, role, event.target.checked) })}
              />
            ))}
          </Group>
          <Field label={t('form.addresses')} optionalText={t('form.optional')} hint={t('form.addressesHint')} error={addressError(mistakes, t)}>
            <Textarea
              name="addresses"
              value={values.addresses}
              onChange={(event) => change({ addresses: event.target.value })}
              rows={2}
              autoComplete="off"
              spellCheck={false}
              className="min-h-16"
            />
          </Field>
          <Group legend={t('form.quiet')} hint={t('form.quietHint')}>
            <Checkbox label={t('form.quietOn')} checked={values.isQuiet} onChange={(event) => change({ isQuiet: event.target.checked })} />
            {values.isQuiet && (
              <div className="grid gap-3 sm:grid-cols-3">
                <Field label={t('form.from')}>
                  <Input type="time" name="from" value={values.from} onChange={(event) => change({ from: event.target.value })} />
                </Field>
                <Field label={t('form.to')}>
                  <Input type="time" name="to" value={values.to} onChange={(event) => change({ to: event.target.value })} />
                </Field>
                <Field label={t('form.timeZone')} hint={t('form.timeZoneHint')} error={mistakes.timeZone && t('form.zoneMistake')}>
                  <Input name="timeZone" value={values.timeZone} onChange={(event) => change({ timeZone: event.target.value })} autoComplete="off" spellCheck={false} />
                </Field>
              </div>
            )}
          </Group>
          {save.isError && <ProblemAlert error={save.error} />}
        </CardContent>
        <CardFooter>
          <Button type="submit" variant="primary" loading={save.isPending}>
            {t('form.submit')}
          </Button>
        </CardFooter>
      </form>
    </Card>
  )
}

function Group({ legend, hint, wide = false, children }: { legend: string; hint?: string; wide?: boolean; children: ReactNode }) {
  return (
    <fieldset className={cn('grid min-w-0 gap-x-8 gap-y-2.5', wide && 'lg:grid-cols-2')}>
      <legend className="mb-2 text-sm font-medium">
        {legend}
        {hint !== undefined && <span className="block text-[0.8125rem] font-normal text-muted">{hint}</span>}
      </legend>
      {children}
    </fieldset>
  )
}

function addressError(mistakes: AlertMistakes, t: ReturnType<typeof useTranslations<'alerts'>>) {
  if (mistakes.address !== undefined) return t('form.addressMistake', { line: mistakes.address })
  return mistakes.tooMany ? t('form.tooMany') : undefined
}
