import { Undo2 } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { StatusPill } from '@/components/status-pill'
import type { Tone } from '@/components/ui/tone'
import type { ImportDetail } from '@/contracts/imports'

const TONES = { running: 'accent', finished: 'success', cancelled: 'neutral', handed_back: 'info' } as const satisfies Record<ImportDetail['state'], Tone>

export function ImportStatePill({ state }: Pick<ImportDetail, 'state'>) {
  const t = useTranslations('imports.state')
  return (
    <StatusPill tone={TONES[state]} icon={state === 'handed_back' ? <Undo2 aria-hidden /> : undefined}>
      {t(state)}
    </StatusPill>
  )
}
