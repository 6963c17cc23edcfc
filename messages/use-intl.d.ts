import type { HotelierLanguage } from '@/lib/links/languages'
import type { CATALOGUE } from './catalogue'

declare module 'use-intl' {
  interface AppConfig {
    /** The console speaks English; hoteliers' pages speak all of these. */
    Locale: HotelierLanguage
    Messages: typeof CATALOGUE
  }
}
