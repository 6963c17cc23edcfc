'use client'

import { useTranslations } from 'use-intl'
import { CodeBlock } from '@/components/code-block'
import { RevealOnce } from '@/components/reveal-once'
import { Alert } from '@/components/ui/alert'
import { DialogBody } from '@/components/ui/dialog'
import type { RevealedMachineKey } from '@/contracts/machine-keys'
import { curlExample } from './curl-example'

type RevealKeyProps = {
  made: RevealedMachineKey
  publicUrl: string
  /** Somebody tried to close without having stored it. */
  isWarned: boolean
  onStored: () => void
}

/** The key, to copy or to take along as a file, and a first call to try it with. */
export function RevealKey({ made: { key, machineKey }, publicUrl, isWarned, onStored }: RevealKeyProps) {
  const t = useTranslations('machineKeys')
  return (
    <DialogBody>
      {/* The button that was pressed is gone: the focus goes on here. */}
      <div ref={focusOn} tabIndex={-1} className="rounded-lg outline-none">
        <RevealOnce
          name={t('reveal.name')}
          value={key}
          file={{ name: 'keyrack.env', text: `KEYRACK_URL=${publicUrl}\nKEYRACK_MACHINE_KEY=${key}\n` }}
          onStored={onStored}
          labels={{ warning: t('reveal.warning'), download: t('reveal.download'), stored: t('reveal.stored') }}
          copyLabels={{ copy: t('reveal.copy'), copied: t('reveal.copied'), failed: t('reveal.failed') }}
        />
      </div>
      {isWarned && (
        <Alert tone="warning" role="alert" title={t('reveal.discardTitle')}>
          {t('reveal.discard')}
        </Alert>
      )}
      <CodeBlock wrap label={t('reveal.example')} code={curlExample(publicUrl, machineKey)} />
    </DialogBody>
  )
}

function focusOn(element: HTMLElement | null): void {
  element?.focus()
}
