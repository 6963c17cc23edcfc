'use client'

import { CircleAlert, CircleCheck, Info, TriangleAlert, X, type LucideIcon } from 'lucide-react'
import { Toast } from 'radix-ui'
import { useSyncExternalStore } from 'react'
import { Button } from './button'
import { cn } from './cn'
import { readToasts, subscribeToasts, toast, type ToastRecord, type ToastTone } from './toast-store'
import { TONE_TEXT } from './tone'

const ICONS = {
  success: CircleCheck,
  danger: CircleAlert,
  warning: TriangleAlert,
  info: Info,
} as const satisfies Record<ToastTone, LucideIcon>

const CLOSING_MS = 150
const NONE: readonly ToastRecord[] = []

export type ToasterProps = { label?: string | undefined; closeLabel?: string | undefined }

/** Draws what `toast()` shows. Once per page, in the root layout. F8 moves the focus to it. */
export function Toaster({ label = 'Notifications ({hotkey})', closeLabel = 'Dismiss' }: ToasterProps) {
  const records = useSyncExternalStore(subscribeToasts, readToasts, () => NONE)
  if (records.length === 0) return null
  return (
    <Toast.Provider swipeDirection="right">
      {records.map((record) => (
        <ToastItem key={record.id} record={record} closeLabel={closeLabel} />
      ))}
      <Toast.Viewport
        data-slot="toaster"
        label={label}
        className="pointer-events-auto fixed right-0 bottom-0 z-60 flex w-full flex-col gap-2 p-3 sm:w-96 sm:p-5"
      />
    </Toast.Provider>
  )
}

function ToastItem({ record, closeLabel }: { record: ToastRecord; closeLabel: string }) {
  const Icon = ICONS[record.tone]
  const close = (open: boolean) => {
    if (open) return
    toast.dismiss(record.id)
    setTimeout(() => toast.remove(record.id), CLOSING_MS)
  }
  return (
    <Toast.Root
      open={record.open}
      onOpenChange={close}
      duration={record.durationMs ?? (record.tone === 'danger' ? 12_000 : 6_000)}
      type={record.tone === 'danger' ? 'foreground' : 'background'}
      className="pointer-events-auto flex items-start gap-3 rounded-lg border bg-raised py-3 pr-2 pl-4 text-sm shadow-lg data-[state=closed]:animate-fade-out data-[state=open]:animate-rise-in"
    >
      <Icon aria-hidden className={cn('mt-0.5 size-4 shrink-0', TONE_TEXT[record.tone])} />
      <div className="flex min-w-0 flex-1 flex-col gap-0.5">
        <Toast.Title className="font-medium">{record.title}</Toast.Title>
        {record.description !== undefined && <Toast.Description className="text-muted">{record.description}</Toast.Description>}
        {record.action !== undefined && (
          <Toast.Action asChild altText={record.action.hint} onClick={record.action.onClick}>
            <Button size="sm" className="mt-2 self-start">
              {record.action.label}
            </Button>
          </Toast.Action>
        )}
      </div>
      <Toast.Close asChild>
        <Button variant="ghost" size="icon-sm" aria-label={closeLabel} className="-my-1">
          <X aria-hidden />
        </Button>
      </Toast.Close>
    </Toast.Root>
  )
}
