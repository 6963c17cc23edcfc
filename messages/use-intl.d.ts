import type { CATALOGUE, LOCALE } from './catalogue'

declare module 'use-intl' {
  interface AppConfig {
    Locale: typeof LOCALE
    Messages: typeof CATALOGUE
  }
}
