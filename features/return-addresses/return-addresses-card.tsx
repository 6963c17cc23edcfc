'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { toast } from '@/components/ui/toast-store'
import { addReturnAddress, removeReturnAddress } from '@/contracts/return-addresses'
import { checkRedirectUri } from '@/lib/oauth/redirect-uri-rules'
import { ProblemAlert } from '../problem-state'
import { callEndpoint } from '../request'
import { returnAddressQueries } from './queries'

/** Where connect links of one API client may lead back to. */
export function ReturnAddressesCard({ apiClientId, mayWrite }: { apiClientId: string; mayWrite: boolean }) {
  const t = useTranslations('links.returnAddresses')
  const client = useQueryClient()
  const { queryKey } = returnAddressQueries.list(apiClientId)
  const { data, error } = useQuery(returnAddressQueries.list(apiClientId))
  const [uri, setUri] = useState('')
  const [isWrong, setWrong] = useState(false)
  const onSuccess = (list: NonNullable<typeof data>) => client.setQueryData(queryKey, list)
  const add = useMutation({ mutationFn: (wanted: string) => callEndpoint(addReturnAddress, { params: { id: apiClientId }, body: { uri: wanted } }), onSuccess })
  const remove = useMutation({ mutationFn: (addressId: string) => callEndpoint(removeReturnAddress, { params: { id: apiClientId, addressId } }), onSuccess })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const isBad = checkRedirectUri(uri.trim(), { allowLoopbackHttp: false }).some(({ level }) => level === 'error')
    setWrong(isBad)
    if (!isBad && !add.isPending) add.mutate(uri.trim(), { onSuccess: () => setUri('') })
  }
  const problem = error ?? add.error ?? remove.error
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('title')}</CardTitle>
        <CardDescription>{t('text')}</CardDescription>
      </CardHeader>
      <CardContent className="flex flex-col gap-4">
        {data?.items.length === 0 && <p className="text-muted">{t('none')}</p>}
        {data !== undefined && data.items.length > 0 && (
          <ul className="flex flex-col gap-2">
            {data.items.map((item) => (
              <li key={item.id} className="flex items-center justify-between gap-3">
                <code className="min-w-0 font-mono text-xs wrap-anywhere">{item.uri}</code>
                {mayWrite && (
                  <Button
                    size="sm"
                    aria-label={t('remove', { uri: item.uri })}
                    onClick={() => remove.mutate(item.id, { onSuccess: () => void toast.success(t('removed')) })}
                  >
                    ×
                  </Button>
                )}
              </li>
            ))}
          </ul>
        )}
        {mayWrite && (
          <form method="post" noValidate onSubmit={submit} className="flex items-end gap-2 max-sm:flex-col max-sm:items-stretch">
            <Field label={t('field')} error={isWrong ? t('mistake') : undefined} className="grow">
              <Input name="returnAddress" type="url" value={uri} onChange={(event) => setUri(event.target.value)} maxLength={2_000} autoComplete="off" placeholder="https://" />
            </Field>
            <Button type="submit" loading={add.isPending}>
              {t('add')}
            </Button>
          </form>
        )}
        {problem !== null && <ProblemAlert error={problem} />}
      </CardContent>
    </Card>
  )
}
