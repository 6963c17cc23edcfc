'use client'

import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { readEntry } from './read-entry'
import { useReservedText, type ListKind } from './use-reserved-text'

type BlockFieldProps = {
  value: string
  onChange: (value: string) => void
  error: string | undefined
  yourAddress: string | null
  mayBeWide: boolean
  kind: ListKind
}

/** The address or network of an entry: what it covers is said while it is typed, and what may have been meant is one click away. */
export function BlockField({ value, onChange, error, yourAddress, mayBeWide, kind }: BlockFieldProps) {
  const t = useTranslations('addressLists.form')
  const reserved = useReservedText(kind)
  const typed = value.trim() === '' ? null : readEntry(value)
  const remark = typed?.ok === true ? typed.remark : 'ok'
  return (
    <div className="flex flex-col gap-2">
      <Field label={t('block')} hint={t('blockHint')} error={error} required>
        <Input
          mono
          name="block"
          value={value}
          onChange={(event) => onChange(event.target.value)}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
      </Field>
      <div aria-live="polite" className="flex flex-col gap-1 text-[0.8125rem] empty:hidden">
        {typed?.ok === true && <p className="text-muted">{t('covers', { count: typed.addressCount })}</p>}
        {(remark === 'any' || remark === 'wide') && <p className="text-danger-text">{t(mayBeWide ? remark : 'needsOwner')}</p>}
        {remark !== 'ok' && remark !== 'any' && remark !== 'wide' && <p className="text-warning-text">{reserved(remark)}</p>}
        {typed?.ok === false && error === undefined && <p className="text-muted">{typed.sentence}</p>}
      </div>
      <div className="flex flex-wrap gap-2 empty:hidden">
        {typed?.ok === false &&
          typed.suggestions.map((suggestion) => (
            <Button key={suggestion} size="sm" onClick={() => onChange(suggestion)}>
              {t('use', { block: suggestion })}
            </Button>
          ))}
        {yourAddress !== null && value.trim() !== yourAddress && (
          <Button size="sm" onClick={() => onChange(yourAddress)}>
            {t('useYours', { address: yourAddress })}
          </Button>
        )}
      </div>
    </div>
  )
}
