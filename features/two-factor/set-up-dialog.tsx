'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog'
import { toast } from '@/components/ui/toast-store'
import { CodesToKeep } from './codes-to-keep'
import { PasswordStep } from './password-step'
import { ScanStep } from './scan-step'

type Step = { name: 'password' } | { name: 'scan'; secret: string; uri: string } | { name: 'codes'; codes: readonly string[] }

const FIRST: Step = { name: 'password' }

/** Three steps: the password, the authenticator app, the recovery codes. With the dialog all of it is gone from the page. */
export function SetUpDialog({ onOpen }: { onOpen: (is: boolean) => void }) {
  const t = useTranslations('twoFactor')
  const router = useRouter()
  const [open, setOpen] = useState(false)
  const [step, setStep] = useState<Step>(FIRST)
  const change = (next: boolean) => {
    // Codes that were never seen let nobody in: that step is left by its own button.
    if (!next && step.name === 'codes') return
    setOpen(next)
    onOpen(next)
    setStep(FIRST)
  }
  const finish = () => {
    setOpen(false)
    onOpen(false)
    setStep(FIRST)
    toast.success(t('setUp.done'))
    // Where it was required, everything else opens now.
    router.refresh()
  }
  const text = { password: t('setUp.passwordText'), scan: t('setUp.scanText'), codes: t('setUp.codesText') }[step.name]
  return (
    <Dialog open={open} onOpenChange={change}>
      <DialogTrigger asChild>
        <Button variant="primary">{t('off.begin')}</Button>
      </DialogTrigger>
      <DialogContent
        title={step.name === 'codes' ? t('setUp.codesTitle') : t('setUp.title')}
        description={text}
        closeLabel={t('close')}
        locked
      >
        {step.name === 'password' && <PasswordStep onBegun={(made) => setStep({ name: 'scan', ...made })} />}
        {step.name === 'scan' && <ScanStep {...step} onConfirmed={(codes) => setStep({ name: 'codes', codes })} />}
        {step.name === 'codes' && <CodesToKeep codes={step.codes} onStored={finish} />}
      </DialogContent>
    </Dialog>
  )
}
