'use client'

import { useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { CodeBlock } from '@/components/code-block'
import { ConfirmDialog } from '@/components/confirm-dialog'
import { Button } from '@/components/ui/button'
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'
import { Checkbox } from '@/components/ui/checkbox'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { toast } from '@/components/ui/toast-store'
import { CATEGORIES, configurationChangeSchema, type ApiConfigurationDetail } from '@/contracts/api-configuration'
import { ProblemAlert } from '../problem-state'
import { changeOf, seenOf, valuesOf, type ConfigurationValues } from './change-of'
import { DescriptionFields } from './description-fields'
import { useChangeConfiguration, usePreviewConfiguration } from './mutations'

/** What may be written, with the very JSON before it is sent. Mounted anew for each state that was read. */
export function EditCard({ apiClientId, live }: { apiClientId: string; live: ApiConfigurationDetail }) {
  const t = useTranslations('apiConfiguration.edit')
  const [values, setValues] = useState(() => valuesOf(live))
  const [wrong, setWrong] = useState<readonly string[]>([])
  const preview = usePreviewConfiguration(apiClientId)
  const save = useChangeConfiguration(apiClientId)
  const [asking, setAsking] = useState(false)
  const set = (part: Partial<ConfigurationValues>) => setValues({ ...values, ...part })
  const change = changeOf(values, live)
  const isUntouched = Object.keys(change).length === 0

  const submit = (event: FormEvent) => {
    event.preventDefault()
    const parsed = configurationChangeSchema.safeParse(change)
    setWrong(parsed.success ? [] : parsed.error.issues.map((issue) => String(issue.path[0])))
    if (!parsed.success || isUntouched) return
    save.reset()
    preview.mutate(change, { onSuccess: () => setAsking(true) })
  }
  const send = async () => {
    await save.mutateAsync({ change, seen: seenOf(live) })
    toast.success(t('done'))
  }
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('title')}</CardTitle>
        <CardDescription>{t('text')}</CardDescription>
      </CardHeader>
      <CardContent>
        <form noValidate onSubmit={submit} className="flex flex-col gap-5">
          <Field label={t('name')} hint={t('nameHint')} error={wrong.includes('applicationName') ? t('nameWrong') : undefined}>
            <Input name="applicationName" value={values.applicationName} onChange={(event) => set({ applicationName: event.target.value })} maxLength={120} autoComplete="off" />
          </Field>
          <Field label={t('category')}>
            <Select name="category" value={values.category} onChange={(event) => set({ category: event.target.value })}>
              {!CATEGORIES.some((each) => each === values.category) && <option value={values.category}>{values.category || t('noCategory')}</option>}
              {CATEGORIES.map((each) => (
                <option key={each} value={each}>
                  {each}
                </option>
              ))}
            </Select>
          </Field>
          <Field label={t('icon')} hint={t('iconHint', { icon: live.iconName ?? t('noIcon') })} error={wrong.includes('iconUrl') ? t('iconWrong') : undefined}>
            <Input mono name="iconUrl" value={values.iconUrl} onChange={(event) => set({ iconUrl: event.target.value })} autoComplete="off" spellCheck={false} inputMode="url" />
          </Field>
          <Checkbox
            name="listedToAllUsers"
            label={t('listed')}
            hint={t('listedHint')}
            checked={values.listedToAllUsers}
            onChange={(event) => set({ listedToAllUsers: event.target.checked })}
          />
          <DescriptionFields
            value={values.descriptions}
            onChange={(descriptions) => set({ descriptions })}
            error={wrong.includes('descriptions') ? t('languageWrong') : undefined}
          />
          {preview.isError && <ProblemAlert error={preview.error} />}
          <div className="flex flex-wrap items-center gap-3">
            <Button type="submit" variant="primary" disabled={isUntouched} loading={preview.isPending}>
              {t('preview')}
            </Button>
            {isUntouched && <span className="text-[0.8125rem] text-muted">{t('untouched')}</span>}
          </div>
        </form>
      </CardContent>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        tone="accent"
        title={t('askTitle')}
        consequence={t('askText', { fields: Object.keys(change).length })}
        confirmLabel={t('send')}
        cancelLabel={t('cancel')}
        onConfirm={send}
      >
        {preview.data !== undefined && <CodeBlock wrap label={t('body')} code={preview.data.json} />}
        {save.isError && <ProblemAlert error={save.error} />}
      </ConfirmDialog>
    </Card>
  )
}
