'use client'

import { Eye, EyeOff } from 'lucide-react'
import { useState, type ComponentProps } from 'react'
import { cn } from './ui/cn'
import { Input } from './ui/input'

export type PasswordInputProps = Omit<ComponentProps<typeof Input>, 'type'> & {
  /** Accessible names of the button. */
  labels: { show: string; hide: string }
}

/** A secret to type or paste, hidden until one asks to see it. */
export function PasswordInput({ labels, className, ...props }: PasswordInputProps) {
  const [shown, setShown] = useState(false)
  const Icon = shown ? EyeOff : Eye
  return (
    <span data-slot="password-input" className={cn('relative block', className)}>
      <Input type={shown ? 'text' : 'password'} spellCheck={false} autoCapitalize="none" className="pr-11" {...props} />
      <button
        type="button"
        aria-label={shown ? labels.hide : labels.show}
        onClick={() => setShown(!shown)}
        className="absolute top-1/2 right-1 grid size-7 -translate-y-1/2 place-items-center rounded-sm text-muted hover:bg-hover hover:text-foreground touch:right-0 touch:size-11"
      >
        <Icon aria-hidden className="size-4" />
      </button>
    </span>
  )
}
