'use client'

import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { PageHeader } from '@/components/page-header'
import { Button } from '@/components/ui/button'
import { Card, CardContent, CardFooter, CardHeader, CardTitle } from '@/components/ui/card'
import { toast } from '@/components/ui/toast-store'
import { useFirstInvalidFocus } from '@/components/use-first-invalid-focus'
import { pages } from '@/contracts/paths'
import { ProblemAlert } from '../problem-state'
import { toSelection } from './campaign-query'
import { CampaignFields, NEW_CAMPAIGN, toWish } from './campaign-fields'
import { FolderAlert } from './folder-alert'
import { useStartCampaign } from './mutations'
import { campaignQueries } from './queries'
import { useSelection } from './use-selection'
import { WhoCard, type ApiClientChoice } from './who-card'

/** A new campaign: whom it asks, what they are told, and how. */
export function NewCampaignScreen({ apiClients }: { apiClients: readonly ApiClientChoice[] }) {
  const t = useTranslations('campaigns')
  const router = useRouter()
  const selection = useSelection()
  const wanted = toSelection(selection.filter, selection.connectionIds)
  const { data: check, isPlaceholderData } = useQuery(campaignQueries.check(wanted))
  const [values, setValues] = useState(NEW_CAMPAIGN)
  const [mistakes, setMistakes] = useState<{ name?: boolean }>({})
  const form = useFirstInvalidFocus(mistakes)
  const start = useStartCampaign()
  const total = check?.total ?? 0
  const isSettled = check !== undefined && !isPlaceholderData
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const found = { name: values.name.trim() === '' }
    setMistakes(found)
    if (start.isPending || found.name || !isSettled || total === 0) return
    start.mutate({ selection: wanted, ...toWish(values) }, {
      onSuccess: ({ id }) => {
        toast.success(t('new.started'))
        router.push(pages.campaign(id))
      },
    })
  }
  return (
    <>
      <PageHeader
        breadcrumb={[{ label: t('list.links'), href: pages.links() }, { label: t('title'), href: pages.campaigns() }, { label: t('new.title') }]}
        title={t('new.title')}
        description={t('new.text')}
      />
      <WhoCard selection={selection} apiClients={apiClients} />
      <form ref={form} method="post" noValidate onSubmit={submit} className="flex min-w-0 flex-col gap-5">
        <Card>
          <CardHeader>
            <CardTitle>{t('new.what')}</CardTitle>
          </CardHeader>
          <CardContent className="flex flex-col gap-5">
            <CampaignFields values={values} onChange={(part) => setValues({ ...values, ...part })} isNameMissing={mistakes.name === true} />
            {check?.sendsMail === false && values.channel === 'mail' && <FolderAlert />}
            {isSettled && total === 0 && <p className="text-warning-text">{t('new.nobody')}</p>}
            {start.isError && <ProblemAlert error={start.error} />}
          </CardContent>
          <CardFooter>
            <Button type="submit" variant="primary" loading={start.isPending} disabled={!isSettled || total === 0}>
              {values.channel === 'mail' ? t('new.startMail', { count: total - (check?.withoutAddress ?? 0) }) : t('new.startFile', { count: total })}
            </Button>
          </CardFooter>
        </Card>
      </form>
    </>
  )
}
