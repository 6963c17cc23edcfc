'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { TextSource } from '@/components/text-source'
import { showInvisible } from '@/lib/text/show-invisible'

const MOST_BYTES = 8 * 1024 * 1024

type TokenSourceProps = {
  text: string
  onText: (text: string) => void
  fileName: string | null
  onFile: (file: { name: string; text: string } | null) => void
  lineCount: number
  error: string | undefined
}

/** Where the tokens come from: pasted, or out of a file, which is read here and sent nowhere before the start. */
export function TokenSource({ text, onText, fileName, onFile, lineCount, error }: TokenSourceProps) {
  const t = useTranslations('imports.source')
  const [fileFault, setFileFault] = useState<'tooLarge' | 'unreadable' | null>(null)
  const choose = async (file: File | null) => {
    setFileFault(null)
    if (!file) return onFile(null)
    if (file.size > MOST_BYTES) return setFileFault('tooLarge')
    try {
      onFile({ name: file.name, text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await file.arrayBuffer()) })
    } catch {
      setFileFault('unreadable')
    }
  }
  return (
    <TextSource
      labels={{ legend: t('legend'), label: t('label'), hint: t('hint'), file: t('file'), remove: t('remove') }}
      name="tokens"
      text={text}
      onText={onText}
      chosen={fileName === null ? null : t('chosen', { name: showInvisible(fileName), count: lineCount })}
      onFile={(file) => void choose(file)}
      error={error}
      fileError={fileFault === null ? undefined : t(fileFault)}
    />
  )
}
