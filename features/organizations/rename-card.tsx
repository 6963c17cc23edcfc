'use client'

import { useRouter } from 'next/navigation'
import { useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { RelativeTime } from '@/components/relative-time'
import { Button } from '@/components/ui/button'
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { toast } from '@/components/ui/toast-store'
import { changeOrganization, type OrganizationDetail } from '@/contracts/organizations'
import { ProblemAlert } from '../problem-state'
import { useChangeOrganization } from './mutations'

/** The name, and another. */
export function RenameCard({ organization, now }: { organization: OrganizationDetail; now: string }) {
  const t = useTranslations('organization')
  const router = useRouter()
  const [name, setName] = useState(organization.name)
  const [isWrong, setWrong] = useState(false)
  const change = useChangeOrganization()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const isGood = changeOrganization.body.safeParse({ name }).success
    setWrong(!isGood)
    if (!isGood || change.isPending) return
    change.mutate(
      { name },
      {
        onSuccess: (changed) => {
          toast.success(t('renamed', { name: changed.name }))
          // The side bar shows the name too.
          router.refresh()
        },
      },
    )
  }
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('facts')}</CardTitle>
        <CardDescription>
          {t('since')} <RelativeTime at={organization.createdAt} now={now} />
        </CardDescription>
      </CardHeader>
      <CardContent>
        <form method="post" noValidate onSubmit={submit} className="flex flex-col gap-4">
          <Field label={t('name')} error={isWrong ? t('nameWrong') : undefined} required>
            <Input name="name" value={name} onChange={(event) => setName(event.target.value)} maxLength={80} autoComplete="organization" />
          </Field>
          {change.isError && <ProblemAlert error={change.error} />}
          <Button type="submit" className="self-start" loading={change.isPending} disabled={name.trim() === organization.name}>
            {t('rename')}
          </Button>
        </form>
      </CardContent>
    </Card>
  )
}
