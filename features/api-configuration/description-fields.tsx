'use client'

import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Textarea } from '@/components/ui/textarea'
import type { ConfigurationValues } from './change-of'

type Descriptions = ConfigurationValues['descriptions']

export type DescriptionFieldsProps = { value: Descriptions; onChange: (value: Descriptions) => void; error?: string | undefined }

/** One text for each language; Octorate replaces them all at once, so all of them are here. */
export function DescriptionFields({ value, onChange, error }: DescriptionFieldsProps) {
  const t = useTranslations('apiConfiguration.edit')
  const setAt = (index: number, part: Partial<Descriptions[number]>) =>
    onChange(value.map((each, place) => (place === index ? { ...each, ...part } : each)))
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-1.5 text-sm font-medium">{t('descriptions')}</legend>
      {value.map(({ language, text }, index) => (
        // Rows have no other identity than their place.
        <div key={String(index)} className="grid items-start gap-2 sm:grid-cols-[6rem_minmax(0,1fr)_auto]">
          <Field label={t('language')} error={error !== undefined && !/^[A-Za-z]{2}$/.test(language.trim()) ? error : undefined}>
            <Input mono value={language} onChange={(event) => setAt(index, { language: event.target.value })} maxLength={2} autoComplete="off" />
          </Field>
          <Field label={t('description', { language: language.toUpperCase() || '…' })}>
            <Textarea value={text} onChange={(event) => setAt(index, { text: event.target.value })} />
          </Field>
          <Button variant="ghost" size="sm" className="sm:mt-6" onClick={() => onChange(value.filter((_, place) => place !== index))}>
            {t('removeLanguage', { language: language.toUpperCase() })}
          </Button>
        </div>
      ))}
      <Button size="sm" className="w-fit" onClick={() => onChange([...value, { language: '', text: '' }])}>
        {t('addLanguage')}
      </Button>
    </fieldset>
  )
}
