import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import { changeAlertSettings } from '@/contracts/alerts'
import { callEndpoint } from '../request'
import { alertQueries } from './queries'

export function useChangeAlertSettings() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: z.input<typeof changeAlertSettings.body>) => callEndpoint(changeAlertSettings, { body }),
    onSuccess: (overview) => client.setQueryData(alertQueries.overview().queryKey, overview),
  })
}
