'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { LiveRegion } from '@/components/live-region'
import { TextSource } from '@/components/text-source'
import { Card, CardContent, CardHeader, CardTitle } from '@/components/ui/card'
import { showInvisible } from '@/lib/text/show-invisible'
import { sizeOf } from './size-of'
import { useFaultText } from './use-fault-text'
import type { KeyFile } from './use-key-file'

const MOST_BYTES = 64 * 1024 * 1024

/** Where the keys come from: pasted, or out of a file of any length, which is read here. */
export function BringCard({ file, isMissing }: { file: KeyFile; isMissing: boolean }) {
  const t = useTranslations('keyMigrations.new')
  const textOf = useFaultText(file.headings)
  const [isTooLarge, setIsTooLarge] = useState(false)
  const { source, fault, lines, isReading, isUnreadable } = file
  const choose = (chosen: File | null) => {
    setIsTooLarge(chosen !== null && chosen.size > MOST_BYTES)
    if (!chosen) file.bring({ kind: 'text', text: '' })
    else if (chosen.size <= MOST_BYTES) file.bring({ kind: 'file', file: chosen })
  }
  const faultText = isUnreadable ? t('bring.unreadable') : fault && !isReading ? textOf(fault).atLine : undefined
  const status = isReading ? t('bring.reading') : t('bring.lines', { count: lines.length })
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('bring.title')}</CardTitle>
      </CardHeader>
      <CardContent className="flex flex-col gap-3">
        <TextSource
          labels={{ legend: t('bring.legend'), label: t('bring.label'), hint: t('bring.hint'), file: t('bring.file'), remove: t('bring.remove') }}
          name="keys"
          text={source.kind === 'text' ? source.text : ''}
          onText={(text) => file.bring({ kind: 'text', text })}
          chosen={source.kind === 'file' ? t('bring.chosen', { name: showInvisible(source.file.name), size: sizeOf(source.file.size) }) : null}
          onFile={choose}
          error={faultText ?? (isMissing && file.head === '' ? t('nothing') : undefined)}
          fileError={isTooLarge ? t('bring.tooLarge') : undefined}
        />
        {file.head !== '' && <p className="text-[0.8125rem] text-muted tabular-nums">{status}</p>}
        <LiveRegion message={isReading || file.head === '' ? '' : status} />
      </CardContent>
    </Card>
  )
}
