'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { ConfirmDialog } from '@/components/confirm-dialog'
import { Button } from '@/components/ui/button'
import type { Incident } from '@/contracts/incidents'
import { FreshPasswordField } from '../people/fresh-password-field'
import { ProblemAlert } from '../problem-state'
import type { useDropAccessTokens } from './mutations'
import { TargetField, type ChosenTarget } from './target-field'

type ConnectionsDialogProps = { step: 'access_tokens' | 'mark'; incident: Incident; act: ReturnType<typeof useDropAccessTokens> }

const ALL: ChosenTarget = { target: { kind: 'organization' }, name: null }

/** Asks which connections, and for the password; before hoteliers have to consent again, for the name of what is chosen. */
export function ConnectionsDialog({ step, incident, act }: ConnectionsDialogProps) {
  const t = useTranslations('incidents.step')
  const cancel = useTranslations('incidents.detail')('cancel')
  const [chosen, setChosen] = useState(ALL)
  return (
    <ConfirmDialog
      trigger={
        <Button size="sm" variant="danger-quiet">
          {t(`${step}.act`)}
        </Button>
      }
      title={t(`${step}.confirmTitle`)}
      consequence={t(`${step}.confirmText`)}
      confirmLabel={t(`${step}.act`)}
      cancelLabel={cancel}
      {...(step === 'mark' && { phrase: chosen.name ?? t('mark.phrase'), phraseLabel: t('mark.phraseLabel', { phrase: '{phrase}' }) })}
      onOpenChange={() => {
        setChosen(ALL)
        act.reset()
      }}
      onConfirm={(form) => (chosen.target ? act.mutateAsync({ target: chosen.target, password: String(form.get('password') ?? '') }) : Promise.resolve(false))}
    >
      <TargetField incident={incident} chosen={chosen} onChoose={setChosen} />
      <FreshPasswordField />
      {act.isError && <ProblemAlert error={act.error} />}
    </ConfirmDialog>
  )
}
