import type { HotelierLanguage } from '@/lib/links/languages'

/** Day and minute in UTC, as a reader of the language writes them: nobody knows a hotelier's time zone. */
export function showInstant(language: HotelierLanguage, at: string | Date): string {
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }).format(new Date(at))
}
