'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'use-intl'
import { ConfirmDialog } from '@/components/confirm-dialog'
import { Button } from '@/components/ui/button'
import { toast } from '@/components/ui/toast-store'
import { pages } from '@/contracts/paths'
import type { PersonDetail } from '@/contracts/people'
import { ProblemAlert } from '../problem-state'
import { DependentsList } from './dependents-list'
import { FreshPasswordField } from './fresh-password-field'
import { useRemovePerson } from './mutations'

/** Removes somebody, after showing what ends with them and what goes on. */
export function RemoveButton({ person }: { person: PersonDetail }) {
  const t = useTranslations('people')
  const router = useRouter()
  const remove = useRemovePerson(person.id)
  const { name } = person
  return (
    <ConfirmDialog
      trigger={<Button variant="danger-quiet">{t('person.remove')}</Button>}
      title={t('person.removeTitle', { name })}
      consequence={t('person.removeConsequence')}
      confirmLabel={t('person.remove')}
      cancelLabel={t('cancel')}
      onOpenChange={() => remove.reset()}
      onConfirm={async (form) => {
        await remove.mutateAsync(String(form.get('password') ?? ''))
        toast.success(t('person.removed', { name }))
        router.push(pages.people())
      }}
    >
      <DependentsList person={person} />
      <FreshPasswordField />
      {remove.isError && <ProblemAlert error={remove.error} />}
    </ConfirmDialog>
  )
}
