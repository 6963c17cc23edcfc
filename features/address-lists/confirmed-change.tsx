'use client'

import { useState, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import type { z } from 'zod'
import { ConfirmDialog } from '@/components/confirm-dialog'
import { ScrollRegion } from '@/components/scroll-region'
import type { listConfirmationSchema } from '@/contracts/address-lists'
import { problemOf } from '../request'

type Confirmation = z.output<typeof listConfirmationSchema>
type Change = (confirmation: Confirmation) => Promise<unknown>

const NOTHING: Confirmation = { lockOut: false, empty: false, wide: [] }
const QUESTIONS = { whitelist_locks_out: 'lockOut', whitelist_left_empty: 'empty', whitelist_too_wide: 'wide' } as const
type Question = (typeof QUESTIONS)[keyof typeof QUESTIONS]

type Asked = {
  readonly question: Question
  /** Addresses or networks that the refusal names. */
  readonly named: readonly string[]
  readonly confirmation: Confirmation
  readonly change: Change
  readonly onDone: () => void
}

export type ConfirmedChange = {
  /** Makes a change; what it would break is asked first. `onDone` is called when it is made, now or after the question. */
  readonly run: (change: Change, onDone?: () => void) => Promise<void>
  /** The question, while there is one. */
  readonly question: ReactNode
  /** What went wrong otherwise. */
  readonly error: unknown
}

/**
 * A change that the server refuses until something is said on purpose: that it shuts somebody out, that it leaves no entry, or,
 * by an owner who types it, that it covers a network wider than /8.
 */
export function useConfirmedChange({ mayBeWide }: { mayBeWide: boolean }): ConfirmedChange {
  const [asked, setAsked] = useState<Asked | null>(null)
  const [error, setError] = useState<unknown>(null)
  const attempt = async (given: Omit<Asked, 'question' | 'named'>): Promise<boolean> => {
    try {
      await given.change(given.confirmation)
    } catch (caught) {
      const { code, issues = [] } = problemOf(caught)
      const question = Object.entries(QUESTIONS).find(([each]) => each === code)?.[1]
      const isAsked = question !== undefined && (question !== 'wide' || mayBeWide)
      setAsked(isAsked ? { ...given, question, named: issues.map(({ message }) => message) } : null)
      setError(isAsked ? null : caught)
      return !isAsked
    }
    setAsked(null)
    setError(null)
    given.onDone()
    return true
  }
  const confirm = ({ question, named, ...given }: Asked) =>
    attempt({ ...given, confirmation: { ...given.confirmation, [question]: question === 'wide' ? [...given.confirmation.wide, ...named] : true } })
  return {
    run: async (change, onDone = () => undefined) => {
      await attempt({ change, onDone, confirmation: NOTHING })
    },
    question: asked === null ? null : <Question key={asked.question} asked={asked} onConfirm={() => confirm(asked)} onCancel={() => setAsked(null)} />,
    error,
  }
}

type QuestionProps = { asked: Asked; onConfirm: () => Promise<boolean>; onCancel: () => void }

function Question({ asked: { question, named }, onConfirm, onCancel }: QuestionProps) {
  const t = useTranslations('addressLists.confirm')
  const phrase = { lockOut: undefined, empty: t('empty.phrase'), wide: named.join(', ') }[question]
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => {
        if (!open) onCancel()
      }}
      title={t(`${question}.title`)}
      consequence={t(`${question}.consequence`)}
      confirmLabel={t(`${question}.confirm`)}
      cancelLabel={t('cancel')}
      phrase={phrase}
      phraseLabel={t('phrase')}
      onConfirm={onConfirm}
    >
      {named.length > 0 && (
        <ScrollRegion label={t(`${question}.named`)} className="max-h-40">
          <ul aria-label={t(`${question}.named`)} className="flex flex-wrap gap-x-3 gap-y-1 font-mono text-[0.8125rem] text-foreground">
            {named.map((each) => (
              <li key={each}>{each === 'unresolved' ? t('unresolved') : each}</li>
            ))}
          </ul>
        </ScrollRegion>
      )}
    </ConfirmDialog>
  )
}
