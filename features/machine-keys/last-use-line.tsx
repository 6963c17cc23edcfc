import { useTranslations } from 'use-intl'
import { RelativeTime } from '@/components/relative-time'
import type { MachineKeySummary } from '@/contracts/machine-keys'

type LastUseLineProps = { lastUse: MachineKeySummary['lastUse']; now: string; texts: { used: string; unused: string } }

/** Before a key ends: whether somebody uses it still. */
export function LastUseLine({ lastUse, now, texts }: LastUseLineProps) {
  const t = useTranslations('machineKeys')
  if (lastUse === null) return <p>{texts.unused}</p>
  const address = lastUse.address === 'unresolved' ? t('unresolved') : lastUse.address
  return (
    <p>
      {texts.used} <RelativeTime at={lastUse.at} now={now} className="font-medium" /> {t('from', { address })}.
    </p>
  )
}
