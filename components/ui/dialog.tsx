'use client'

import { X } from 'lucide-react'
import { Dialog as DialogPrimitive } from 'radix-ui'
import { useState, type ComponentProps, type ReactNode } from 'react'
import { Button } from './button'
import { cn } from './cn'
import { Backdrop } from './backdrop'
import { PANEL_CLASSES, keepOpenForToasts } from './dialog-frame'
import { PortalHost } from './landmark-portal'
import { useFocusReturn } from './use-focus-return'

/** A task on top of the page. Parts: DialogTrigger, DialogContent, DialogBody, DialogFooter, DialogClose. */
export function Dialog(props: ComponentProps<typeof DialogPrimitive.Root>) {
  return <DialogPrimitive.Root {...props} />
}

export function DialogTrigger(props: ComponentProps<typeof DialogPrimitive.Trigger>) {
  return <DialogPrimitive.Trigger data-slot="dialog-trigger" {...props} />
}

export function DialogClose(props: ComponentProps<typeof DialogPrimitive.Close>) {
  return <DialogPrimitive.Close data-slot="dialog-close" {...props} />
}

export type DialogContentProps = {
  title: ReactNode
  description?: ReactNode
  children: ReactNode
  size?: 'sm' | 'md' | 'lg' | 'xl' | undefined
  closeLabel?: string | undefined
  /** A form half filled in: neither Escape nor a click outside closes. */
  locked?: boolean | undefined
}

/** The panel. The first field has the focus, the cross comes last. Its backdrop is our own, for Radix's one writes a style element to lock the scroll. */
export function DialogContent({ title, description, children, size = 'md', closeLabel = 'Close', locked = false }: DialogContentProps) {
  const focus = useFocusReturn()
  const [panel, setPanel] = useState<HTMLElement | null>(null)
  const hold = (event: Event) => {
    if (locked) event.preventDefault()
  }
  return (
    <DialogPrimitive.Portal>
      <Backdrop />
      <DialogPrimitive.Content
        ref={setPanel}
        data-slot="dialog"
        {...(description === undefined ? { 'aria-describedby': undefined } : {})}
        {...focus}
        onEscapeKeyDown={hold}
        onInteractOutside={(event) => {
          hold(event)
          keepOpenForToasts(event)
        }}
        className={cn(PANEL_CLASSES, WIDTHS[size])}
      >
        <header className="flex min-w-0 flex-col gap-0.5 pt-4 pr-14 pb-3 pl-5">
          <DialogPrimitive.Title className="text-base font-semibold text-balance wrap-anywhere">{title}</DialogPrimitive.Title>
          {description !== undefined && (
            <DialogPrimitive.Description className="text-sm text-muted">{description}</DialogPrimitive.Description>
          )}
        </header>
        <PortalHost value={panel}>{children}</PortalHost>
        <DialogPrimitive.Close asChild>
          <Button variant="ghost" size="icon-sm" aria-label={closeLabel} className="absolute top-3 right-3 touch:top-1.5 touch:right-1.5">
            <X aria-hidden />
          </Button>
        </DialogPrimitive.Close>
      </DialogPrimitive.Content>
    </DialogPrimitive.Portal>
  )
}

export function DialogBody({ className, ...props }: ComponentProps<'div'>) {
  return <div data-slot="dialog-body" className={cn('flex min-h-0 flex-col gap-4 overflow-y-auto px-5 pt-1 pb-5', className)} {...props} />
}

export function DialogFooter({ className, ...props }: ComponentProps<'div'>) {
  return (
    <div
      data-slot="dialog-footer"
      className={cn('flex flex-col-reverse gap-2 rounded-b-xl border-t bg-sunken px-5 py-3.5 sm:flex-row sm:justify-end', className)}
      {...props}
    />
  )
}

const WIDTHS = { sm: 'sm:max-w-md', md: 'sm:max-w-lg', lg: 'sm:max-w-2xl', xl: 'sm:max-w-4xl' } as const
