'use client'

import { useTranslations } from 'use-intl'
import { CodeBlock } from '@/components/code-block'
import { RevealOnce } from '@/components/reveal-once'
import { DialogBody } from '@/components/ui/dialog'

const VERIFY = `import { verifyWebhook } from 'keyrack-client'

const event = verifyWebhook({
  headers: request.headers,
  body: rawBody, // the bytes as they came, before any parsing
  secret, // KEYRACK_WEBHOOK_SECRET
})`

/** The signing secret, once, and what to do with it. */
export function RevealSecret({ secret, onStored }: { secret: string; onStored: () => void }) {
  const t = useTranslations('webhooks.reveal')
  return (
    <DialogBody>
      <div ref={focusOn} tabIndex={-1} className="rounded-lg outline-none">
        <RevealOnce
          name={t('name')}
          value={secret}
          file={{ name: 'keyrack-webhook.env', text: `KEYRACK_WEBHOOK_SECRET=${secret}\n` }}
          onStored={onStored}
          labels={{ warning: t('warning'), download: t('download'), stored: t('stored') }}
          copyLabels={{ copy: t('copy'), copied: t('copied'), failed: t('failed') }}
        />
      </div>
      <CodeBlock wrap label={t('verify')} code={VERIFY} />
    </DialogBody>
  )
}

/** The button that was pressed is gone: the focus goes on here. */
function focusOn(element: HTMLElement | null): void {
  element?.focus()
}
