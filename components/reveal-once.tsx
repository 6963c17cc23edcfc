'use client'

import { Download, EyeOff } from 'lucide-react'
import { useState } from 'react'
import { CopyButton, type CopyLabels } from './copy-button'
import { saveFile } from './save-file'
import { SecretTail } from './secret-tail'
import { Button } from './ui/button'
import { cn } from './ui/cn'

export type RevealOnceLabels = {
  warning: string
  download: string
  stored: string
  tail: string
}

const LABELS: RevealOnceLabels = {
  warning: 'This is shown once. Store it now: nobody can show it again.',
  download: 'Download .env',
  stored: 'I stored it',
  tail: 'Secret ending in {last4}',
}

export type RevealOnceProps = {
  /** What it is: "Machine key", "Client secret". */
  name: string
  value: string
  /** The file to download; without it there is no such button. */
  file?: { name: string; text: string } | undefined
  /** The person confirmed: drop the value from state and cache. */
  onStored?: (() => void) | undefined
  labels?: Partial<RevealOnceLabels> | undefined
  copyLabels?: Partial<CopyLabels> | undefined
  className?: string | undefined
}

/** Shows a secret once, with Copy and Download; after "I stored it" only the last four characters stay. */
export function RevealOnce({ name, value, file, onStored, labels, copyLabels, className }: RevealOnceProps) {
  const [last4, setLast4] = useState<string | null>(null)
  const words = { ...LABELS, ...labels }
  if (last4 !== null) {
    return (
      <p ref={focusOn} tabIndex={-1} className={cn('w-fit rounded-sm', className)}>
        <SecretTail last4={last4} label={words.tail} />
      </p>
    )
  }

  const store = () => {
    setLast4(value.slice(-4))
    onStored?.()
  }
  return (
    <section
      data-slot="reveal-once"
      aria-label={name}
      className={cn('overflow-hidden rounded-lg border border-warning-line bg-surface shadow-xs', className)}
    >
      <p className="flex items-start gap-2 border-b border-warning-line bg-warning-subtle px-4 py-2.5 text-warning-text">
        <EyeOff aria-hidden className="mt-0.5 size-4 shrink-0" />
        <span>{words.warning}</span>
      </p>
      <div className="px-4 pt-3 pb-4">
        <p className="text-[0.8125rem] text-muted">{name}</p>
        <code className="font-mono text-sm break-all select-all">{value}</code>
      </div>
      <div className="flex flex-wrap items-center gap-2 px-4 pb-4">
        <CopyButton text={value} name={name} labels={copyLabels} size="md" />
        {file !== undefined && (
          <Button onClick={() => saveFile({ ...file, type: 'text/plain' })}>
            <Download aria-hidden />
            {words.download}
          </Button>
        )}
        <Button variant="primary" className="max-sm:w-full sm:ml-auto" onClick={store}>
          {words.stored}
        </Button>
      </div>
    </section>
  )
}

/** The button that had the focus is gone: its successor takes it. */
function focusOn(element: HTMLElement | null): void {
  element?.focus()
}
