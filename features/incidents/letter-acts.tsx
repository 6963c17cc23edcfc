'use client'

import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { ButtonLink } from '@/components/ui/button-link'
import type { Incident } from '@/contracts/incidents'
import { pages } from '@/contracts/paths'
import { ProblemAlert } from '../problem-state'
import { useDraftIncidentLetter } from './mutations'

/** For each API client its letter: to be drafted, or on that API client's page, ready to copy. */
export function LetterActs({ incident }: { incident: Incident }) {
  const t = useTranslations('incidents.step.letter')
  const draft = useDraftIncidentLetter(incident.id)
  return (
    <div className="flex flex-col items-start gap-2">
      {incident.state.apiClients.map(({ id, name, letter }) =>
        letter === 'none' ? (
          <Button key={id} size="sm" loading={draft.isPending && draft.variables === id} onClick={() => draft.mutate(id)} aria-label={`${t('act')}: ${name}`}>
            {t('act')}: {name}
          </Button>
        ) : (
          <ButtonLink key={id} size="sm" href={pages.apiClient(id)}>
            {t('view')}: {name}
          </ButtonLink>
        ),
      )}
      {draft.isError && <ProblemAlert error={draft.error} />}
    </div>
  )
}
