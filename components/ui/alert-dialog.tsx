'use client'

import { AlertDialog as AlertPrimitive } from 'radix-ui'
import type { ComponentProps, ReactNode } from 'react'
import { Backdrop } from './backdrop'
import { cn } from './cn'
import { PANEL_CLASSES } from './dialog-frame'
import { useFocusReturn } from './use-focus-return'

/** A question that must be answered. Parts: AlertDialogTrigger, AlertDialogContent, AlertDialogCancel. */
export function AlertDialog(props: ComponentProps<typeof AlertPrimitive.Root>) {
  return <AlertPrimitive.Root {...props} />
}

export function AlertDialogTrigger(props: ComponentProps<typeof AlertPrimitive.Trigger>) {
  return <AlertPrimitive.Trigger data-slot="alert-dialog-trigger" {...props} />
}

/** Closes without doing; it has the focus first. */
export function AlertDialogCancel(props: ComponentProps<typeof AlertPrimitive.Cancel>) {
  return <AlertPrimitive.Cancel data-slot="alert-dialog-cancel" {...props} />
}

export type AlertDialogContentProps = {
  title: ReactNode
  description: ReactNode
  icon?: ReactNode
  children?: ReactNode
  footer: ReactNode
}

export function AlertDialogContent({ title, description, icon, children, footer }: AlertDialogContentProps) {
  const focus = useFocusReturn()
  return (
    <AlertPrimitive.Portal>
      <Backdrop />
      <AlertPrimitive.Content data-slot="alert-dialog" aria-modal {...focus} className={cn(PANEL_CLASSES, 'sm:max-w-lg')}>
        <div className="flex min-h-0 gap-4 overflow-y-auto px-5 pt-5 pb-5">
          {icon}
          <div className="flex min-w-0 flex-1 flex-col gap-1.5">
            <AlertPrimitive.Title className="text-base font-semibold text-balance">{title}</AlertPrimitive.Title>
            <AlertPrimitive.Description asChild>
              <div className="text-sm text-muted">{description}</div>
            </AlertPrimitive.Description>
            {children}
          </div>
        </div>
        <div className="flex flex-col-reverse gap-2 rounded-b-xl border-t bg-sunken px-5 py-3.5 sm:flex-row sm:justify-end">{footer}</div>
      </AlertPrimitive.Content>
    </AlertPrimitive.Portal>
  )
}
