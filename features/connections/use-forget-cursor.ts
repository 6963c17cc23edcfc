'use client'

import { useEffect } from 'react'
import { problemOf } from '../request'
import type { ListQuery } from './use-list-query'

/** A position that the server does not take, as in an address that was cut short, gives way to the first page. */
export function useForgetCursor(error: Error | null, { query, change }: ListQuery): void {
  const isRefused = error !== null && query.cursor !== undefined && ['invalid_input', 'bad_request'].includes(problemOf(error).code)
  useEffect(() => {
    if (isRefused) change({ cursor: undefined }, { replace: true })
  })
}
