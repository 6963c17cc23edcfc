'use client'

import { useTranslations } from 'use-intl'
import { KeyValueList } from '@/components/key-value-list'
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'
import type { ApiConfigurationDetail } from '@/contracts/api-configuration'
import { showInvisible } from '@/lib/text/show-invisible'

/** What Octorate says and nobody can change here; what Keyrack does not know is shown as it came. */
export function FactsCard({ live }: { live: ApiConfigurationDetail }) {
  const t = useTranslations('apiConfiguration')
  const yesNo = (value: boolean | null) => (value === null ? t('untold') : t(value ? 'yes' : 'no'))
  const text = (value: string | null) => (value === null ? t('untold') : showInvisible(value))
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('facts.title')}</CardTitle>
        <CardDescription>{t('facts.text')}</CardDescription>
      </CardHeader>
      <CardContent>
        <KeyValueList
          items={[
            { term: t('facts.active'), value: yesNo(live.active) },
            { term: t('facts.maintenance'), value: yesNo(live.maintenance) },
            { term: t('facts.authMethod'), value: text(live.authMethod) },
            { term: t('facts.pages'), value: live.authorizationPages.length === 0 ? t('none') : live.authorizationPages.map((page) => showInvisible(page)).join(', ') },
            { term: t('facts.configName'), value: text(live.configName) },
            { term: t('facts.uniqueId'), value: text(live.uniqueId) },
            { term: t('facts.buildNumber'), value: text(live.buildNumber) },
            { term: t('facts.fiscalVersion'), value: text(live.fiscalVersion) },
            { term: t('facts.reseller'), value: live.reseller.length === 0 ? t('none') : <Pairs pairs={live.reseller} /> },
            { term: t('facts.unknown'), value: live.unknown.length === 0 ? t('none') : <Pairs pairs={live.unknown} />, hint: t('facts.unknownHint') },
          ]}
        />
      </CardContent>
    </Card>
  )
}

function Pairs({ pairs }: { pairs: readonly { name: string; value: string }[] }) {
  return (
    <ul className="font-mono text-xs leading-5 wrap-anywhere">
      {pairs.map(({ name, value }) => (
        <li key={name}>
          {showInvisible(name)}: {showInvisible(value)}
        </li>
      ))}
    </ul>
  )
}
