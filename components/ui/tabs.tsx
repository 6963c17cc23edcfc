'use client'

import { Tabs as TabsPrimitive } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cn } from './cn'

/** Panels of which one shows. Parts: TabsList, TabsTrigger, TabsContent. */
export function Tabs({ className, ...props }: ComponentProps<typeof TabsPrimitive.Root>) {
  return <TabsPrimitive.Root data-slot="tabs" className={cn('flex min-w-0 flex-col gap-4', className)} {...props} />
}

/** Needs `aria-label`. The child's empty styles, here and in TabsContent, cancel those that Radix writes into server-rendered HTML. */
export function TabsList({ className, children, ...props }: ComponentProps<typeof TabsPrimitive.List>) {
  return (
    <TabsPrimitive.List asChild {...props}>
      <div
        data-slot="tabs-list"
        className={cn('flex gap-5 overflow-x-auto border-b px-0.5 pt-1 outline-none', className)}
        style={NO_STYLE}
      >
        {children}
      </div>
    </TabsPrimitive.List>
  )
}

export function TabsTrigger({ className, ...props }: ComponentProps<typeof TabsPrimitive.Trigger>) {
  return (
    <TabsPrimitive.Trigger
      data-slot="tabs-trigger"
      className={cn(
        '-mb-px inline-flex items-center gap-2 rounded-t-xs border-b-2 border-transparent px-0.5 pb-2 text-sm font-medium whitespace-nowrap text-muted transition-colors',
        'hover:text-foreground focus-visible:-outline-offset-1 disabled:opacity-50 data-[state=active]:border-accent data-[state=active]:text-foreground touch:min-h-11',
        className,
      )}
      {...props}
    />
  )
}

export function TabsContent({ className, children, ...props }: ComponentProps<typeof TabsPrimitive.Content>) {
  return (
    <TabsPrimitive.Content asChild {...props}>
      <div data-slot="tabs-content" className={cn('min-w-0', className)} style={NO_STYLE}>
        {children}
      </div>
    </TabsPrimitive.Content>
  )
}

const NO_STYLE = { animationDuration: undefined, outline: undefined }
