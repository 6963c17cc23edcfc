'use client'

import type { VariantProps } from 'class-variance-authority'
import { LoaderCircle } from 'lucide-react'
import { Slot } from 'radix-ui'
import type { ComponentProps, MouseEvent } from 'react'
import { buttonVariants } from './button-variants'
import { cn } from './cn'

export type ButtonProps = ComponentProps<'button'> &
  VariantProps<typeof buttonVariants> & {
    /** Busy: keeps focus and width, refuses clicks, shows a spinner. */
    loading?: boolean | undefined
    /** Gives the look to the only child, such as a link. No spinner then. */
    asChild?: boolean | undefined
  }

/** A button; `type="button"` unless said otherwise, so that none submits a form by accident. */
export function Button({ variant, size, loading = false, asChild = false, className, ...props }: ButtonProps) {
  const classes = cn(buttonVariants({ variant, size }), className)
  if (asChild) return <Slot.Root data-slot="button" className={classes} {...props} />

  const { children, onClick, type = 'button', ...rest } = props
  const click = (event: MouseEvent<HTMLButtonElement>) => {
    if (loading) return event.preventDefault()
    onClick?.(event)
  }
  return (
    <button
      data-slot="button"
      type={type}
      className={classes}
      aria-busy={loading || undefined}
      aria-disabled={loading || undefined}
      onClick={click}
      {...rest}
    >
      {loading && <LoaderCircle aria-hidden className="animate-spin" />}
      {children}
    </button>
  )
}
