'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { toast } from '@/components/ui/toast-store'
import { useChangeApiClient } from '../api-clients/mutations'
import { ProblemAlert } from '../problem-state'
import { redirectUriQueries } from '../redirect-uris/queries'
import { DEFAULT_REDIRECT_URI } from './default-uri'

/** Lets connects go by the redirect URI that every account at Octorate begins with: its address is pasted by hand. */
export function UseDefaultUriButton({ apiClientId }: { apiClientId: string }) {
  const t = useTranslations('goLive.defaultUri')
  const client = useQueryClient()
  const save = useChangeApiClient(apiClientId)
  const use = () =>
    save.mutate(
      { redirectUri: DEFAULT_REDIRECT_URI },
      {
        onSuccess: () => {
          toast.success(t('done'))
          return client.invalidateQueries({ queryKey: redirectUriQueries.state(apiClientId).queryKey })
        },
      },
    )
  return (
    <>
      <Button size="sm" loading={save.isPending} onClick={use}>
        {t('use')}
      </Button>
      {save.isError && <ProblemAlert error={save.error} />}
    </>
  )
}
