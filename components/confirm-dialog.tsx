'use client'

import { TriangleAlert } from 'lucide-react'
import { useId, useState, type FormEvent, type ReactNode } from 'react'
import { AlertDialog, AlertDialogCancel, AlertDialogContent, AlertDialogTrigger } from './ui/alert-dialog'
import { Button } from './ui/button'
import { cn } from './ui/cn'
import { Field } from './ui/field'
import { Input } from './ui/input'

export type ConfirmDialogProps = {
  /** One button that opens it; without it, use `open` and `onOpenChange`. */
  trigger?: ReactNode
  open?: boolean | undefined
  onOpenChange?: ((open: boolean) => void) | undefined
  /** Names the thing: "Disconnect Hotel Roma?" */
  title: ReactNode
  /** The consequence, in words. */
  consequence: ReactNode
  /** The act as a verb: "Disconnect". */
  confirmLabel: string
  cancelLabel?: string | undefined
  /** Must be typed before the act: a name, for what cannot be undone. */
  phrase?: string | undefined
  /** Label of that field; `{phrase}` is replaced. */
  phraseLabel?: string | undefined
  tone?: 'danger' | 'accent' | undefined
  /** More fields, such as a reason. They are part of the form. */
  children?: ReactNode
  /** Shown when the act failed. */
  error?: ReactNode
  /** Resolves to close; rejects, or resolves `false`, to stay open. */
  onConfirm: (form: FormData) => Promise<unknown>
}

/** Asks before an act that hurts: names the thing and what follows. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { trigger, title, consequence, confirmLabel, cancelLabel = 'Cancel', phrase, error, children, onConfirm } = props
  const { phraseLabel = 'Type “{phrase}” to go on', tone = 'danger' } = props
  const [ownOpen, setOwnOpen] = useState(false)
  const [typed, setTyped] = useState('')
  const [busy, setBusy] = useState(false)
  const formId = useId()
  const ready = phrase === undefined || typed.trim() === phrase

  const setOpen = (open: boolean) => {
    if (busy) return
    setTyped('')
    setOwnOpen(open)
    props.onOpenChange?.(open)
  }
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (!ready || busy) return
    setBusy(true)
    const done = await onConfirm(new FormData(event.currentTarget)).then(
      (result) => result !== false,
      () => false,
    )
    setBusy(false)
    if (!done) return
    setTyped('')
    setOwnOpen(false)
    props.onOpenChange?.(false)
  }

  return (
    <AlertDialog open={props.open ?? ownOpen} onOpenChange={setOpen}>
      {trigger !== undefined && <AlertDialogTrigger asChild>{trigger}</AlertDialogTrigger>}
      <AlertDialogContent
        title={title}
        description={consequence}
        icon={<ToneIcon tone={tone} />}
        footer={
          <>
            <AlertDialogCancel asChild>
              <Button disabled={busy}>{cancelLabel}</Button>
            </AlertDialogCancel>
            <Button
              type="submit"
              form={formId}
              variant={tone === 'danger' ? 'danger' : 'primary'}
              disabled={!ready}
              loading={busy}
            >
              {confirmLabel}
            </Button>
          </>
        }
      >
        <form id={formId} onSubmit={(event) => void submit(event)} className="flex flex-col gap-4 not-empty:mt-3">
          {children}
          {phrase !== undefined && (
            <Field label={phraseLabel.replace('{phrase}', phrase)}>
              <Input value={typed} onChange={(event) => setTyped(event.target.value)} autoComplete="off" spellCheck={false} />
            </Field>
          )}
          {error !== undefined && error !== null && (
            <p role="alert" className="text-sm text-danger-text">
              {error}
            </p>
          )}
        </form>
      </AlertDialogContent>
    </AlertDialog>
  )
}

function ToneIcon({ tone }: { tone: 'danger' | 'accent' }) {
  return (
    <span
      aria-hidden
      className={cn(
        'grid size-9 shrink-0 place-items-center rounded-lg max-sm:hidden',
        tone === 'danger' ? 'bg-danger-subtle text-danger-text' : 'bg-accent-subtle text-accent-text',
      )}
    >
      <TriangleAlert className="size-5" />
    </span>
  )
}
