import { useQueryClient, type QueryKey } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'

/** Reads once more what was polled while something moved: the last change came after the last poll. */
export function useLastLook(isMoving: boolean, queryKey: QueryKey): void {
  const client = useQueryClient()
  const wasMoving = useRef(isMoving)
  const key = JSON.stringify(queryKey)
  useEffect(() => {
    if (wasMoving.current && !isMoving) void client.invalidateQueries({ queryKey: JSON.parse(key) as QueryKey })
    wasMoving.current = isMoving
  }, [client, isMoving, key])
}
