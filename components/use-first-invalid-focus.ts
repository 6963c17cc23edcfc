'use client'

import { useEffect, useRef, type RefObject } from 'react'

/** Moves the focus to the first field that is marked invalid, each time that `errors` is another object. */
export function useFirstInvalidFocus(errors: object): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
  }, [errors])
  return form
}
