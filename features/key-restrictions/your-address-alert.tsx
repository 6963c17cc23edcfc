'use client'

import { useTranslations } from 'use-intl'
import { Alert } from '@/components/ui/alert'
import { ButtonLink } from '@/components/ui/button-link'
import type { KeyRestriction } from '@/contracts/key-restrictions'
import { pages } from '@/contracts/paths'
import { showInvisible } from '@/lib/text/show-invisible'

/** Where the person comes from, and whether the list has it. */
export function YourAddressAlert({ list: { yourAddress, yourLine, entries } }: { list: KeyRestriction }) {
  const t = useTranslations('keyRestrictions.you')
  const how = (
    <ButtonLink size="sm" href={pages.network()}>
      {t('how')}
    </ButtonLink>
  )
  if (yourAddress === null) {
    return (
      <Alert tone="warning" title={t('unknown')} actions={how}>
        {t('unknownText')}
      </Alert>
    )
  }
  const line = entries.find((entry) => entry.line === yourLine)
  return (
    <Alert
      tone={line === undefined ? 'neutral' : 'success'}
      title={
        line === undefined
          ? t('notListed', { address: yourAddress })
          : t('listed', { address: yourAddress, line: line.line, comment: showInvisible(line.comment) })
      }
      actions={how}
    >
      {t('text')}
    </Alert>
  )
}
