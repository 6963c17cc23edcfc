import { useTranslations } from 'use-intl'
import { SecretTail } from '@/components/secret-tail'
import type { MachineKeySummary } from '@/contracts/machine-keys'
import { MACHINE_KEY_PREFIXES } from '@/lib/machine-key'

/** What is left to tell a key by: its prefix and its last four characters. */
export function KeyTail({ environment, last4, className }: Pick<MachineKeySummary, 'environment' | 'last4'> & { className?: string }) {
  const t = useTranslations('machineKeys')
  return <SecretTail last4={last4} prefix={MACHINE_KEY_PREFIXES[environment]} label={t('tail')} className={className} />
}
