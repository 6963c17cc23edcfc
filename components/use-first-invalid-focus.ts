'use client'

import { useEffect, useRef, type RefObject } from 'react'

/** Moves the focus to the first field that is marked invalid, each time that `errors` is another object. */
export function useFirstInvalidFocus(errors: object): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null)
  const seen = useRef(errors)
  useEffect(() => {
    if (seen.current === errors) return
    seen.current = errors
    form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
  })
  return form
}
