'use client'

import { useId, useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { readClock, toMs } from '@/components/server-clock'
import { Button } from '@/components/ui/button'
import { DialogBody, DialogClose, DialogFooter } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { RadioGroup } from '@/components/ui/radio-group'
import { useFirstInvalidFocus } from '@/components/use-first-invalid-focus'
import { MOST_OVERLAP_HOURS, type MachineKeyDetail, type RevealedMachineKey } from '@/contracts/machine-keys'
import { ProblemAlert } from '../problem-state'
import { endOfDay } from './end-of-day'
import { LastUseLine } from './last-use-line'
import { useRotateMachineKey } from './mutations'

const ENDS = ['now', 'day', 'week', 'date'] as const
type End = (typeof ENDS)[number]
const HOURS = { now: 0, day: 24, week: 168 } as const satisfies Record<Exclude<End, 'date'>, number>
const HOUR_MS = 60 * 60 * 1000

type Mistakes = { readonly on?: true }
const FINE: Mistakes = {}

type RotateFormProps = { machineKey: MachineKeyDetail; now: string; onMade: (made: RevealedMachineKey) => void }

/** When the old key ends: what follows from it stands beside each choice. */
export function RotateForm({ machineKey, now, onMade }: RotateFormProps) {
  const t = useTranslations('machineKeys')
  const formId = useId()
  const [end, setEnd] = useState<End>('day')
  const [on, setOn] = useState('')
  const [mistakes, setMistakes] = useState(FINE)
  const form = useFirstInvalidFocus(mistakes)
  const rotate = useRotateMachineKey(machineKey.id)

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (rotate.isPending) return
    const oldKey = readEnd(end, on, readClock(toMs(now), Date.now()))
    setMistakes(oldKey === null ? { on: true } : FINE)
    if (oldKey !== null) rotate.mutate({ oldKey }, { onSuccess: onMade })
  }
  return (
    <>
      <DialogBody>
        <form ref={form} id={formId} method="post" noValidate onSubmit={submit} className="flex flex-col gap-5">
          <LastUseLine lastUse={machineKey.lastUse} now={now} texts={{ used: t('rotate.lastUsed'), unused: t('rotate.notUsed') }} />
          <RadioGroup
            legend={t('rotate.old')}
            name="end"
            variant="cards"
            value={end}
            onValueChange={(chosen) => setEnd(ENDS.find((each) => each === chosen) ?? 'day')}
            options={ENDS.map((each) => ({ value: each, label: t(`rotate.${each}`), hint: t(`rotate.${each}Hint`) }))}
          />
          {end === 'date' && (
            <Field label={t('rotate.on')} hint={t('rotate.onHint')} error={mistakes.on && t('mistakes.endsOn')} required>
              <Input type="date" name="on" value={on} onChange={(event) => setOn(event.target.value)} className="max-w-48" />
            </Field>
          )}
          {rotate.isError && <ProblemAlert error={rotate.error} />}
        </form>
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>{t('cancel')}</Button>
        </DialogClose>
        <Button type="submit" form={formId} variant="primary" loading={rotate.isPending}>
          {t('rotate.submit')}
        </Button>
      </DialogFooter>
    </>
  )
}

function readEnd(end: End, on: string, nowMs: number): { endsInHours: number } | { endsAt: string } | null {
  if (end !== 'date') return { endsInHours: HOURS[end] }
  const endsAt = endOfDay(on, { nowMs, mostMs: MOST_OVERLAP_HOURS * HOUR_MS })
  return endsAt === null ? null : { endsAt }
}
