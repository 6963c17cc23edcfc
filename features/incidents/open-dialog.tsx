'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'use-intl'
import { ConfirmDialog } from '@/components/confirm-dialog'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Textarea } from '@/components/ui/textarea'
import type { IncidentKind } from '@/contracts/incidents'
import { pages } from '@/contracts/paths'
import { ProblemAlert } from '../problem-state'
import { useOpenIncident } from './mutations'

/** Begins an incident or a drill, and leads to its steps. */
export function OpenDialog({ kind }: { kind: IncidentKind }) {
  const t = useTranslations('incidents.open')
  const router = useRouter()
  const open = useOpenIncident()
  const isReal = kind === 'real'
  return (
    <ConfirmDialog
      trigger={<Button variant={isReal ? 'primary' : undefined}>{t(kind)}</Button>}
      title={t(isReal ? 'titleReal' : 'titleDrill')}
      consequence={t(isReal ? 'textReal' : 'textDrill')}
      confirmLabel={t(isReal ? 'submitReal' : 'submitDrill')}
      cancelLabel={t('cancel')}
      tone="accent"
      onOpenChange={() => open.reset()}
      onConfirm={async (form) => {
        // A name in one line: what is typed with line breaks is read with blanks.
        const summary = String(form.get('summary') ?? '').replace(/\s+/g, ' ')
        const { id } = await open.mutateAsync({ kind, summary })
        router.push(pages.incident(id))
      }}
    >
      <Field label={t(isReal ? 'summary' : 'summaryDrill')} hint={isReal ? t('summaryHint') : undefined} required>
        <Textarea name="summary" required maxLength={500} rows={3} />
      </Field>
      {open.isError && <ProblemAlert error={open.error} />}
    </ConfirmDialog>
  )
}
