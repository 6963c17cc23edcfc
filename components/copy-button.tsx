'use client'

import { Check, Copy, X } from 'lucide-react'
import { Button, type ButtonProps } from './ui/button'
import { useCopy } from './use-copy'

export type CopyLabels = { copy: string; copied: string; failed: string }

export const COPY_LABELS: CopyLabels = { copy: 'Copy', copied: 'Copied', failed: 'Select and copy by hand' }

export type CopyButtonProps = {
  text: string
  /** What is copied; completes the accessible name: "Copy request id". */
  name: string
  labels?: Partial<CopyLabels> | undefined
  /** Icon only: the name is for screen readers. */
  iconOnly?: boolean | undefined
  variant?: ButtonProps['variant']
  size?: 'sm' | 'md' | undefined
  className?: string | undefined
}

/** Copies a text and says so, to eyes and to screen readers. */
export function CopyButton(props: CopyButtonProps) {
  const { text, name, labels, iconOnly = false, variant = 'secondary', size = 'sm', className } = props
  const { state, copy } = useCopy()
  const words = { ...COPY_LABELS, ...labels }
  const shown = state === 'idle' ? words.copy : words[state]
  const Icon = { idle: Copy, copied: Check, failed: X }[state]
  return (
    <>
      <Button
        variant={variant}
        size={iconOnly ? (size === 'sm' ? 'icon-sm' : 'icon') : size}
        aria-label={`${words.copy} ${name}`}
        onClick={() => void copy(text)}
        className={className}
      >
        <Icon aria-hidden />
        {!iconOnly && shown}
      </Button>
      <output className="sr-only">{state === 'idle' ? '' : words[state]}</output>
    </>
  )
}
