import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import {
  changeApiConfiguration,
  previewApiConfiguration,
  switchToProduction,
  type ConfigurationChangeInput,
} from '@/contracts/api-configuration'
import { apiClientQueries } from '../api-clients/queries'
import { callQueries } from '../exchanges/queries'
import { redirectUriQueries } from '../redirect-uris/queries'
import { callEndpoint } from '../request'
import { configurationQueries } from './queries'

export function usePreviewConfiguration(id: string) {
  return useMutation({ mutationFn: (change: ConfigurationChangeInput) => callEndpoint(previewApiConfiguration, { params: { id }, body: { change } }) })
}

export function useChangeConfiguration(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: z.input<typeof changeApiConfiguration.body>) => callEndpoint(changeApiConfiguration, { params: { id }, body }),
    onSuccess: (changed) => client.setQueryData(configurationQueries.live(id).queryKey, changed),
    onSettled: () => client.invalidateQueries({ queryKey: callQueries.last(id, 'configuration').queryKey }),
  })
}

/** The one-way door: afterwards everything that was known of this API client is asked again. */
export function useSwitchToProduction(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (name: string) => callEndpoint(switchToProduction, { params: { id }, body: { name } }),
    onSuccess: (changed) => client.setQueryData(apiClientQueries.detail(id).queryKey, changed),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: callQueries.last(id, 'configuration').queryKey }),
        client.invalidateQueries({ queryKey: configurationQueries.live(id).queryKey }),
        client.invalidateQueries({ queryKey: redirectUriQueries.state(id).queryKey }),
      ]),
  })
}
