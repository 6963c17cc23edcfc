'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter, DialogTrigger } from '@/components/ui/dialog'
import { toast } from '@/components/ui/toast-store'
import type { ConnectionDetail } from '@/contracts/connections'
import { showInvisible } from '@/lib/text/show-invisible'
import { ProblemAlert } from '../problem-state'
import { useChooseProperties } from './mutations'

/** Lets a person say which of a network's properties are linked. */
export function ChoosePropertiesDialog({ connection }: { connection: ConnectionDetail }) {
  const t = useTranslations('connections.detail.choose')
  const [isOpen, setOpen] = useState(false)
  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button size="sm">{t('open')}</Button>
      </DialogTrigger>
      <DialogContent title={t('title')} description={t('text')}>
        <Choice connection={connection} onSaved={() => setOpen(false)} />
      </DialogContent>
    </Dialog>
  )
}

function Choice({ connection: { id, properties }, onSaved }: { connection: ConnectionDetail; onSaved: () => void }) {
  const t = useTranslations('connections.detail.choose')
  const choose = useChooseProperties(id)
  const [linked, setLinked] = useState(() => new Set(properties.filter((property) => property.linked).map(idOf)))
  const toggle = (upstreamId: string) =>
    setLinked((before) => new Set(before.has(upstreamId) ? [...before].filter((id) => id !== upstreamId) : [...before, upstreamId]))
  const save = () =>
    choose.mutate([...linked], {
      onSuccess: () => {
        toast.success(t('saved', { count: linked.size }))
        onSaved()
      },
    })
  const hasAll = linked.size === properties.length
  return (
    <>
      <DialogBody>
        {choose.error !== null && <ProblemAlert error={choose.error} />}
        <fieldset className="flex flex-col gap-2.5 touch:gap-0">
          <legend className="sr-only">{t('title')}</legend>
          <Checkbox
            label={<span className="font-medium">{t('all')}</span>}
            checked={hasAll}
            onChange={() => setLinked(new Set(hasAll ? [] : properties.map(idOf)))}
          />
          {properties.map((property) => (
            <Checkbox
              key={property.upstreamId}
              label={showInvisible(property.name)}
              hint={showInvisible(property.upstreamId)}
              checked={linked.has(property.upstreamId)}
              onChange={() => toggle(property.upstreamId)}
            />
          ))}
        </fieldset>
        {linked.size === 0 && <p className="text-sm text-danger-text">{t('none')}</p>}
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>{t('cancel')}</Button>
        </DialogClose>
        <Button variant="primary" loading={choose.isPending} disabled={linked.size === 0} onClick={save}>
          {t('save')}
        </Button>
      </DialogFooter>
    </>
  )
}

function idOf(property: { upstreamId: string }): string {
  return property.upstreamId
}
