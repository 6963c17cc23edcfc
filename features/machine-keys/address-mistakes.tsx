import { useTranslations } from 'use-intl'
import { showInvisible } from '@/lib/text/show-invisible'
import type { AddressMistake } from './check-machine-key'

const MOST_SHOWN = 5
const MOST_CHARACTERS = 60

/** What is wrong with each entry, where, and what was perhaps meant. */
export function AddressMistakes({ mistakes }: { mistakes: readonly AddressMistake[] | 'tooMany' }) {
  const t = useTranslations('machineKeys')
  if (mistakes === 'tooMany') return t('mistakes.tooManyAddresses')
  return mistakes.slice(0, MOST_SHOWN).map(({ entry, code, position, suggestions }) => (
    <span key={entry} className="block wrap-anywhere">
      {t('address.entry', { entry: showInvisible(entry, MOST_CHARACTERS), reason: t(`address.reasons.${code}`, { position: position ?? 1 }) })}
      {suggestions.length > 0 && ` ${t('address.meant', { suggestions: suggestions.join(', ') })}`}
    </span>
  ))
}
