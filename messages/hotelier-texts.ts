import { createTranslator } from 'use-intl/core'
import type { HotelierLanguage } from '@/lib/links/languages'
import de from './hotelier/de.json'
import en from './hotelier/en.json'
import es from './hotelier/es.json'
import fr from './hotelier/fr.json'
import it from './hotelier/it.json'

/** What hoteliers read, who may not know English: pages without script, and messages. Each language has every text. */
export const HOTELIER_TEXTS: Readonly<Record<HotelierLanguage, typeof en>> = { en, it, es, de, fr }

export function hotelierTexts(locale: HotelierLanguage) {
  return createTranslator<{ hotelier: typeof en }, 'hotelier'>({
    locale,
    messages: { hotelier: HOTELIER_TEXTS[locale] },
    namespace: 'hotelier',
    timeZone: 'UTC',
  })
}
export type HotelierTexts = ReturnType<typeof hotelierTexts>
