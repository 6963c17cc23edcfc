'use client'

import { FileText, X } from 'lucide-react'
import type { ChangeEvent } from 'react'
import { Button } from './ui/button'
import { Field } from './ui/field'
import { Input } from './ui/input'
import { Textarea } from './ui/textarea'

export type TextSourceProps = {
  labels: { legend: string; label: string; hint: string; file: string; remove: string }
  /** Name of the text field. */
  name: string
  text: string
  onText: (text: string) => void
  /** What is said of the chosen file, which stands in place of both fields; null while there is none. */
  chosen: string | null
  onFile: (file: File | null) => void
  error?: string | undefined
  fileError?: string | undefined
}

/** A table as a person has it: pasted, or in a file. */
export function TextSource({ labels, name, text, onText, chosen, onFile, error, fileError }: TextSourceProps) {
  const choose = ({ target }: ChangeEvent<HTMLInputElement>) => {
    const [file] = target.files ?? []
    if (file) onFile(file)
    target.value = ''
  }
  if (chosen !== null) {
    return (
      <div className="flex flex-col gap-1.5">
        <p className="text-sm font-medium">{labels.legend}</p>
        <div className="flex flex-wrap items-center gap-3 rounded-lg border bg-sunken px-3.5 py-2.5">
          <FileText aria-hidden className="size-4 shrink-0 text-muted" />
          <span className="min-w-0 flex-1 wrap-anywhere">{chosen}</span>
          <Button variant="ghost" size="sm" onClick={() => onFile(null)}>
            <X aria-hidden />
            {labels.remove}
          </Button>
        </div>
        {error !== undefined && <p role="alert" className="text-[0.8125rem] text-danger-text">{error}</p>}
      </div>
    )
  }
  return (
    <div className="flex flex-col gap-4">
      <Field label={labels.label} hint={labels.hint} error={error}>
        <Textarea
          name={name}
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
      <Field label={labels.file} error={fileError}>
        <Input type="file" accept=".csv,.tsv,.txt,text/csv,text/plain" onChange={choose} className="h-auto cursor-pointer py-1.5 file:mr-3 file:cursor-pointer file:rounded file:border file:border-line-strong file:bg-surface file:px-2.5 file:py-1 file:font-medium" />
      </Field>
    </div>
  )
}
