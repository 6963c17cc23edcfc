'use client'

import { TriangleAlert } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { RadioGroup } from '@/components/ui/radio-group'
import { checkRedirectUri } from '@/lib/oauth/redirect-uri-rules'
import type { ApiClientValues } from './check-api-client'

type Choice = Pick<ApiClientValues, 'redirect' | 'redirectUri'>

export type RedirectUriChoiceProps = {
  value: Choice
  onChange: (change: Partial<Choice>) => void
  /** Our callback; null while the API client has no id yet. */
  ours: string | null
  allowLoopbackHttp: boolean
  /** The form was sent and refused: an empty address is a mistake now. */
  isRefused: boolean
}

/** Our own callback, or an address that Octorate already has, looked at while it is typed. */
export function RedirectUriChoice({ value, onChange, ours, allowLoopbackHttp, isRefused }: RedirectUriChoiceProps) {
  const t = useTranslations('apiClients.redirect')
  const uri = value.redirectUri.trim()
  const findings = uri === '' && !isRefused ? [] : checkRedirectUri(uri, { allowLoopbackHttp })
  const mistake = findings.find((finding) => finding.level === 'error')
  const warnings = findings.filter((finding) => finding.level === 'warning')
  return (
    <div className="flex flex-col gap-3">
      <RadioGroup
        legend={t('legend')}
        name="redirect"
        variant="cards"
        value={value.redirect}
        onValueChange={(redirect) => onChange({ redirect: redirect === 'other' ? 'other' : 'ours' })}
        options={[
          { value: 'ours', label: t('ours'), hint: ours === null ? t('oursLater') : <OursHint uri={ours} /> },
          { value: 'other', label: t('other'), hint: t('otherHint') },
        ]}
      />
      {value.redirect === 'other' && (
        <>
          <Field label={t('address')} error={mistake && t(`findings.${mistake.code}`)} required>
            <Input
              mono
              name="redirectUri"
              value={value.redirectUri}
              onChange={(event) => onChange({ redirectUri: event.target.value })}
              inputMode="url"
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              placeholder="https://localhost"
            />
          </Field>
          {warnings.map((finding) => (
            <p key={finding.code} className="flex items-start gap-1.5 text-[0.8125rem] text-warning-text">
              <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
              {t(`findings.${finding.code}`)}
            </p>
          ))}
        </>
      )}
    </div>
  )
}

function OursHint({ uri }: { uri: string }) {
  const t = useTranslations('apiClients.redirect')
  return (
    <>
      {t('oursHint')} <code className="font-mono text-xs wrap-anywhere">{uri}</code>
    </>
  )
}
