import Link from 'next/link'
import type { ComponentProps } from 'react'

/** A link within a text. */
export function TextLink(props: ComponentProps<typeof Link>) {
  return <Link className="text-accent-text underline decoration-accent-line underline-offset-4 hover:decoration-current" {...props} />
}
