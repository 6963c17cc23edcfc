'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { FilterSelect } from '@/components/filter-select'
import { Button } from '@/components/ui/button'
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter, DialogTrigger } from '@/components/ui/dialog'
import { Skeleton } from '@/components/ui/skeleton'
import { toast } from '@/components/ui/toast-store'
import { ProblemAlert } from '../problem-state'
import { useStartTopUp } from './mutations'
import { PlanFacts } from './plan-facts'
import { topUpQueries } from './queries'

export type TopUpDialogProps = { apiClients: readonly { id: string; name: string }[] }

/** Says what a top up would do, and starts it. */
export function TopUpDialog({ apiClients }: TopUpDialogProps) {
  const t = useTranslations('topUps.dialog')
  const [isOpen, setOpen] = useState(false)
  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="primary">{t('open')}</Button>
      </DialogTrigger>
      {isOpen && (
        <DialogContent title={t('title')} description={t('description')} closeLabel={t('close')}>
          <Form apiClients={apiClients} onDone={() => setOpen(false)} />
        </DialogContent>
      )}
    </Dialog>
  )
}

function Form({ apiClients, onDone }: TopUpDialogProps & { onDone: () => void }) {
  const t = useTranslations('topUps.dialog')
  const [apiClientId, setApiClientId] = useState<string | null>(null)
  const { data: plan, error } = useQuery(topUpQueries.plan(apiClientId))
  const start = useStartTopUp()
  const begin = () =>
    start.mutate(apiClientId, {
      onSuccess: ({ counts }) => {
        toast.success(t('started', { count: counts.total }))
        onDone()
      },
    })
  return (
    <>
      <DialogBody className="flex flex-col gap-4">
        {apiClients.length > 1 && (
          <FilterSelect
            label={t('which')}
            value={apiClientId ?? ''}
            options={[{ value: '', label: t('all') }, ...apiClients.map(({ id, name }) => ({ value: id, label: name }))]}
            onChange={(id) => setApiClientId(id === '' ? null : id)}
            className="w-full"
          />
        )}
        {error !== null && <ProblemAlert error={error} />}
        {plan === undefined && error === null && <Skeleton className="h-32 w-full" />}
        {plan !== undefined && <PlanFacts plan={plan} />}
        {start.isError && <ProblemAlert error={start.error} />}
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>{t('cancel')}</Button>
        </DialogClose>
        <Button variant="primary" disabled={plan === undefined || plan.refusal !== null} loading={start.isPending} onClick={begin}>
          {t('start', { count: plan?.connections ?? 0 })}
        </Button>
      </DialogFooter>
    </>
  )
}
