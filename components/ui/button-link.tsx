import type { VariantProps } from 'class-variance-authority'
import Link from 'next/link'
import type { ComponentProps } from 'react'
import { buttonVariants } from './button-variants'
import { cn } from './cn'

export type ButtonLinkProps = ComponentProps<typeof Link> & VariantProps<typeof buttonVariants>

/** A link that looks like a button: it goes somewhere, a button does something. */
export function ButtonLink({ variant, size, className, ...props }: ButtonLinkProps) {
  return <Link data-slot="button-link" className={cn(buttonVariants({ variant, size }), className)} {...props} />
}
