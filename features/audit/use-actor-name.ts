import { useCallback } from 'react'
import { useTranslations } from 'use-intl'
import type { AuditEventDto } from '@/contracts/audit'
import { showInvisible } from '@/lib/text/show-invisible'

/** Gives who acted, in words. */
export function useActorName(): (event: AuditEventDto) => string {
  const t = useTranslations('audit.actor')
  return useCallback(
    ({ actor }) => {
      if (actor.name !== null) return actor.kind === 'machine_key' ? t('namedKey', { name: showInvisible(actor.name) }) : showInvisible(actor.name)
      return t(actor.kind)
    },
    [t],
  )
}
