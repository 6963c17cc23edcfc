'use client'

import { useTranslations } from 'use-intl'
import { Field } from '@/components/ui/field'
import { Select } from '@/components/ui/select'
import type { UpstreamChoice as Upstream } from '@/contracts/api-clients'

export type UpstreamChoiceProps = { upstreams: readonly Upstream[]; value: string; onChange: (id: string) => void; error?: string | undefined }

/** Which of the server's upstreams is called, with both of its addresses in sight: a wrong host costs days. */
export function UpstreamChoice({ upstreams, value, onChange, error }: UpstreamChoiceProps) {
  const t = useTranslations('apiClients.fields')
  const chosen = upstreams.find((upstream) => upstream.id === value)
  return (
    <div className="flex flex-col gap-2">
      <Field label={t('upstream')} hint={t('upstreamHint')} error={error} required>
        <Select name="upstreamId" value={value} onChange={(event) => onChange(event.target.value)}>
          {upstreams.map((upstream) => (
            <option key={upstream.id} value={upstream.id}>
              {upstream.label}
            </option>
          ))}
        </Select>
      </Field>
      {chosen !== undefined && (
        <dl className="grid gap-x-4 gap-y-1 rounded-md bg-sunken px-3 py-2.5 text-[0.8125rem] sm:grid-cols-[max-content_minmax(0,1fr)]">
          <dt className="text-muted">{t('backOfficeBase')}</dt>
          <dd className="font-mono text-xs leading-5 wrap-anywhere">{chosen.backOfficeBase}</dd>
          <dt className="text-muted">{t('apiBase')}</dt>
          <dd className="font-mono text-xs leading-5 wrap-anywhere">{chosen.apiBase}</dd>
        </dl>
      )}
    </div>
  )
}
