'use client'

import { FileText, X } from 'lucide-react'
import { useState, type ChangeEvent } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Textarea } from '@/components/ui/textarea'
import { showInvisible } from '@/lib/text/show-invisible'

const MOST_BYTES = 8 * 1024 * 1024

type TokenSourceProps = {
  text: string
  onText: (text: string) => void
  fileName: string | null
  onFile: (file: { name: string; text: string } | null) => void
  lineCount: number
  error: string | undefined
}

/** Where the tokens come from: pasted, or out of a file, which is read here and sent nowhere before the start. */
export function TokenSource({ text, onText, fileName, onFile, lineCount, error }: TokenSourceProps) {
  const t = useTranslations('imports.source')
  const [fileFault, setFileFault] = useState<'tooLarge' | 'unreadable' | null>(null)
  const choose = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const [file] = target.files ?? []
    setFileFault(null)
    if (!file) return
    if (file.size > MOST_BYTES) return setFileFault('tooLarge')
    try {
      onFile({ name: file.name, text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await file.arrayBuffer()) })
    } catch {
      setFileFault('unreadable')
    }
    target.value = ''
  }
  if (fileName !== null) {
    return (
      <div className="flex flex-col gap-1.5">
        <p className="text-sm font-medium">{t('legend')}</p>
        <div className="flex flex-wrap items-center gap-3 rounded-lg border bg-sunken px-3.5 py-2.5">
          <FileText aria-hidden className="size-4 shrink-0 text-muted" />
          <span className="min-w-0 flex-1 wrap-anywhere">{t('chosen', { name: showInvisible(fileName), count: lineCount })}</span>
          <Button variant="ghost" size="sm" onClick={() => onFile(null)}>
            <X aria-hidden />
            {t('remove')}
          </Button>
        </div>
        {error !== undefined && <p role="alert" className="text-[0.8125rem] text-danger-text">{error}</p>}
      </div>
    )
  }
  return (
    <div className="flex flex-col gap-4">
      <Field label={t('label')} hint={t('hint')} error={error}>
        <Textarea
          name="tokens"
          mono
          rows={6}
          value={text}
          onChange={(event) => onText(event.target.value)}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          className="field-sizing-fixed max-h-72 min-h-36"
        />
      </Field>
      <Field label={t('file')} error={fileFault === null ? undefined : t(fileFault)}>
        <Input type="file" accept=".csv,.tsv,.txt,text/csv,text/plain" onChange={(event) => void choose(event)} className="h-auto cursor-pointer py-1.5 file:mr-3 file:cursor-pointer file:rounded file:border file:border-line-strong file:bg-surface file:px-2.5 file:py-1 file:font-medium" />
      </Field>
    </div>
  )
}
