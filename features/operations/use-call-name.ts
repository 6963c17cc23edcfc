import { useTranslations } from 'use-intl'
import { OPERATION_CALLS } from '@/contracts/operations'

/** Gives a call's name in words. */
export function useCallName(): (call: string) => string {
  const t = useTranslations('operations.calls')
  return (call) => t(OPERATION_CALLS.find((known) => known === call) ?? 'other')
}
