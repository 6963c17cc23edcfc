'use client'

import { useTranslations } from 'use-intl'
import { RevealOnce } from '@/components/reveal-once'
import { DialogBody } from '@/components/ui/dialog'

/** Recovery codes, to copy or to take along as a file: once. */
export function CodesToKeep({ codes, onStored }: { codes: readonly string[]; onStored: () => void }) {
  const t = useTranslations('twoFactor.setUp')
  const text = codes.join('\n')
  return (
    <DialogBody>
      {/* The button that was pressed is gone: the focus goes on here. */}
      <div ref={focusOn} tabIndex={-1} className="rounded-lg whitespace-pre-line outline-none">
        <RevealOnce
          name={t('codes')}
          value={text}
          file={{ name: 'keyrack-recovery-codes.txt', text: `${text}\n` }}
          onStored={onStored}
          labels={{ warning: t('warning'), download: t('download'), stored: t('stored') }}
        />
      </div>
    </DialogBody>
  )
}

function focusOn(element: HTMLElement | null): void {
  element?.focus()
}
