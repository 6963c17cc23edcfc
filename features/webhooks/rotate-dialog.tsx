'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { ConfirmDialog } from '@/components/confirm-dialog'
import { Button } from '@/components/ui/button'
import { Dialog, DialogContent } from '@/components/ui/dialog'
import type { Webhook } from '@/contracts/webhooks'
import { ProblemAlert } from '../problem-state'
import { useRotateSecret } from './mutations'
import { RevealSecret } from './reveal-secret'

const OVERLAP_HOURS = 24

/** Replaces the signing secret, after saying what follows, and shows the new one once. */
export function RotateDialog({ webhook }: { webhook: Webhook }) {
  const t = useTranslations('webhooks')
  const rotate = useRotateSecret(webhook.id)
  const [secret, setSecret] = useState<string | null>(null)
  return (
    <>
      <ConfirmDialog
        trigger={<Button>{t('detail.rotate')}</Button>}
        title={t('rotate.title')}
        consequence={t('rotate.consequence')}
        confirmLabel={t('rotate.confirm')}
        cancelLabel={t('rotate.cancel')}
        tone="accent"
        onOpenChange={() => rotate.reset()}
        onConfirm={async () => setSecret((await rotate.mutateAsync(OVERLAP_HOURS)).secret)}
      >
        {rotate.isError && <ProblemAlert error={rotate.error} />}
      </ConfirmDialog>
      <Dialog open={secret !== null}>
        {secret !== null && (
          <DialogContent title={t('reveal.title', { name: webhook.name })} description={t('reveal.text')} closeLabel={t('reveal.close')} locked>
            <RevealSecret secret={secret} onStored={() => setSecret(null)} />
          </DialogContent>
        )}
      </Dialog>
    </>
  )
}
