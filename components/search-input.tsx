'use client'

import { Search, X } from 'lucide-react'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { cn } from './ui/cn'
import { Input } from './ui/input'

export type SearchInputProps = {
  /** Accessible name, also the placeholder. */
  label: string
  /** What is searched for now, usually from the URL. */
  value: string
  /** Called 250 ms after the last key, at once on Enter and on clearing. */
  onSearch: (value: string) => void
  delayMs?: number | undefined
  clearLabel?: string | undefined
  name?: string | undefined
  className?: string | undefined
}

/** A search box that waits until the typing rests; Escape clears. */
export function SearchInput(props: SearchInputProps) {
  const { label, value, onSearch, delayMs = 250, clearLabel = 'Clear search', name = 'q', className } = props
  const [typed, setTyped] = useState(value)
  const [sent, setSent] = useState(value)
  const input = useRef<HTMLInputElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  // The URL changed from outside, as by the back button: follow it, unless it only echoes what was typed.
  if (value !== sent) {
    setSent(value)
    setTyped(value)
  }
  useEffect(() => () => clearTimeout(timer.current), [])

  const send = (text: string) => {
    clearTimeout(timer.current)
    setSent(text)
    onSearch(text)
  }
  const change = (text: string) => {
    setTyped(text)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => send(text), delayMs)
  }
  const clear = () => {
    setTyped('')
    send('')
    input.current?.focus()
  }
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Enter') send(typed)
    if (event.key === 'Escape' && typed !== '') {
      event.preventDefault()
      clear()
    }
  }
  return (
    <search data-slot="search-input" className={cn('relative block w-full sm:max-w-xs', className)}>
      <Search aria-hidden className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-subtle" />
      <Input
        ref={input}
        type="search"
        name={name}
        aria-label={label}
        placeholder={label}
        value={typed}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => change(event.target.value)}
        onKeyDown={press}
        className="px-9 [&::-webkit-search-cancel-button]:hidden"
      />
      {typed !== '' && (
        <button
          type="button"
          aria-label={clearLabel}
          onClick={clear}
          className="absolute top-1/2 right-1 grid size-7 -translate-y-1/2 place-items-center rounded-sm text-muted hover:bg-hover hover:text-foreground touch:right-0 touch:size-11"
        >
          <X aria-hidden className="size-4" />
        </button>
      )}
    </search>
  )
}
