'use client'

import { Check } from 'lucide-react'
import { DropdownMenu as MenuPrimitive } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cn } from './cn'
import { LandmarkPortal } from './landmark-portal'

const ITEM_CLASSES = [
  'flex min-h-8 items-center gap-2.5 rounded-sm px-2.5 py-1.5 text-sm outline-none select-none touch:min-h-11',
  'data-highlighted:bg-hover data-disabled:pointer-events-none data-disabled:opacity-50',
  '[&_svg]:size-4 [&_svg]:shrink-0',
]

/** A menu of acts. Not modal: Radix's modal menu writes a style element that the content policy refuses. */
export function DropdownMenu(props: Omit<ComponentProps<typeof MenuPrimitive.Root>, 'modal'>) {
  return <MenuPrimitive.Root {...props} modal={false} />
}

export function DropdownMenuTrigger(props: ComponentProps<typeof MenuPrimitive.Trigger>) {
  return <MenuPrimitive.Trigger data-slot="dropdown-menu-trigger" {...props} />
}

export function DropdownMenuContent({ className, ...props }: ComponentProps<typeof MenuPrimitive.Content>) {
  return (
    <LandmarkPortal>
      <MenuPrimitive.Content
        data-slot="dropdown-menu"
        sideOffset={6}
        collisionPadding={8}
        className={cn(
          'z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-44 overflow-y-auto rounded-lg border bg-raised p-1 text-foreground shadow-lg',
          'origin-(--radix-dropdown-menu-content-transform-origin) data-[state=closed]:animate-pop-out data-[state=open]:animate-pop-in',
          className,
        )}
        {...props}
      />
    </LandmarkPortal>
  )
}

type ItemProps = ComponentProps<typeof MenuPrimitive.Item> & { tone?: 'neutral' | 'danger' | undefined }

export function DropdownMenuItem({ className, tone = 'neutral', ...props }: ItemProps) {
  return (
    <MenuPrimitive.Item
      data-slot="dropdown-menu-item"
      className={cn(
        ITEM_CLASSES,
        tone === 'danger' ? 'text-danger-text data-highlighted:bg-danger-subtle' : '[&_svg]:text-muted',
        className,
      )}
      {...props}
    />
  )
}

export function DropdownMenuRadioGroup(props: ComponentProps<typeof MenuPrimitive.RadioGroup>) {
  return <MenuPrimitive.RadioGroup data-slot="dropdown-menu-radio-group" {...props} />
}

export function DropdownMenuRadioItem({ className, children, ...props }: ComponentProps<typeof MenuPrimitive.RadioItem>) {
  return (
    <MenuPrimitive.RadioItem data-slot="dropdown-menu-radio-item" className={cn(ITEM_CLASSES, '[&_svg]:text-muted', className)} {...props}>
      {children}
      <MenuPrimitive.ItemIndicator className="ml-auto pl-4">
        <Check aria-hidden />
      </MenuPrimitive.ItemIndicator>
    </MenuPrimitive.RadioItem>
  )
}

export function DropdownMenuLabel({ className, ...props }: ComponentProps<typeof MenuPrimitive.Label>) {
  return (
    <MenuPrimitive.Label
      data-slot="dropdown-menu-label"
      className={cn('px-2.5 pt-1.5 pb-1 text-xs font-medium text-muted', className)}
      {...props}
    />
  )
}

export function DropdownMenuSeparator({ className, ...props }: ComponentProps<typeof MenuPrimitive.Separator>) {
  return <MenuPrimitive.Separator data-slot="dropdown-menu-separator" className={cn('-mx-1 my-1 h-px bg-line', className)} {...props} />
}
