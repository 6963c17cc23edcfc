'use client'

import { Tooltip as TooltipPrimitive } from 'radix-ui'
import type { ReactNode } from 'react'
import { LandmarkPortal } from './landmark-portal'

export type TooltipProps = {
  /** One focusable element. */
  children: ReactNode
  text: ReactNode
  side?: 'top' | 'right' | 'bottom' | 'left' | undefined
}

/** A remark on hover or focus. Never the only place of what one must know: touch screens show none. */
export function Tooltip({ children, text, side = 'top' }: TooltipProps) {
  return (
    <TooltipPrimitive.Provider delayDuration={300}>
      <TooltipPrimitive.Root>
        <TooltipPrimitive.Trigger asChild>{children}</TooltipPrimitive.Trigger>
        <LandmarkPortal>
          <TooltipPrimitive.Content
            data-slot="tooltip"
            side={side}
            sideOffset={6}
            collisionPadding={8}
            className="z-70 max-w-72 animate-fade-in rounded-md bg-foreground px-2.5 py-1.5 text-xs text-background shadow-md"
          >
            {text}
          </TooltipPrimitive.Content>
        </LandmarkPortal>
      </TooltipPrimitive.Root>
    </TooltipPrimitive.Provider>
  )
}
