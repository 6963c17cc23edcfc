'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import type { ConnectionDetail } from '@/contracts/connections'

/** Asks for the page again when somebody connected this property anew: the exchange on it is then another one. */
export function useRenewedExchange(connection: ConnectionDetail | undefined, exchangeId: string | null): void {
  const { refresh } = useRouter()
  const newId = connection === undefined ? exchangeId : (connection.authorization?.id ?? null)
  const isRenewed = newId !== exchangeId
  useEffect(() => {
    if (isRenewed) refresh()
  }, [isRenewed, refresh])
}
