'use client'

import { useTranslations } from 'use-intl'
import { formatUtc } from '@/components/format-time'
import { KeyValueList, type KeyValueItem } from '@/components/key-value-list'
import { Button } from '@/components/ui/button'
import { Dialog, DialogBody, DialogContent } from '@/components/ui/dialog'
import type { AuditEventDto, AuditQuery } from '@/contracts/audit'
import { showInvisible } from '@/lib/text/show-invisible'
import { actionName } from './action-name'
import { ChangeTable } from './change-table'
import { FactList } from './fact-list'
import { ProofTick } from './proof-tick'
import { useActorName } from './use-actor-name'

type EventDrawerProps = {
  event: AuditEventDto | null
  onClose: () => void
  onFilter: (filter: AuditQuery) => void
}

/** All of one entry: who, what, from where, what was before and after, and whether it is what was sealed. */
export function EventDrawer({ event, onClose, onFilter }: EventDrawerProps) {
  const t = useTranslations('audit')
  return (
    <Dialog open={event !== null} onOpenChange={(open) => !open && onClose()}>
      {event !== null && (
        <DialogContent title={actionName(event.action)} size="lg" closeLabel={t('close')}>
          <DialogBody>
            <ProofTick proof={event.proof} withText />
            <Facts event={event} onFilter={onFilter} />
            {event.change !== null && <ChangeTable change={event.change} />}
            <FactList title={t('drawer.detail')} facts={event.detail} />
          </DialogBody>
        </DialogContent>
      )}
    </Dialog>
  )
}

function Facts({ event, onFilter }: { event: AuditEventDto; onFilter: EventDrawerProps['onFilter'] }) {
  const t = useTranslations('audit')
  const actorName = useActorName()
  const { actor, target, address, userAgent, requestId, sequence, hash } = event
  const only = (filter: AuditQuery) => (
    <Button size="sm" variant="ghost" onClick={() => onFilter(filter)}>
      {t('drawer.only')}
    </Button>
  )
  const line = (text: string, filter?: AuditQuery) => (
    <span className="flex flex-wrap items-center justify-between gap-x-3">
      <span className="wrap-anywhere">{showInvisible(text)}</span>
      {filter && only(filter)}
    </span>
  )
  const items: KeyValueItem[] = [
    { term: t('columns.at'), value: formatUtc(Date.parse(event.at)) },
    { term: t('columns.outcome'), value: t(`outcome.${event.outcome}`) },
    { term: t('columns.actor'), value: line(actorName(event), actor.id === null ? undefined : { actor: actor.id }) },
  ]
  if (target !== null) items.push({ term: t('columns.target'), value: line(`${target.kind.replaceAll('_', ' ')} ${target.name ?? target.id}`, { target: target.id }) })
  if (address !== null) items.push({ term: t('columns.address'), value: address })
  if (userAgent !== null) items.push({ term: t('drawer.userAgent'), value: showInvisible(userAgent) })
  if (requestId !== null) items.push({ term: t('drawer.request'), value: line(requestId, { request: requestId }) })
  if (sequence !== null) items.push({ term: t('drawer.place'), value: t('drawer.placeText', { sequence }), hint: <code className="font-mono break-all">{hash}</code> })
  return <KeyValueList items={items} />
}
