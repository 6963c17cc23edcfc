import { createTranslator } from 'use-intl/core'
import { CATALOGUE, LOCALE } from './catalogue'

/** Texts of one namespace for server components; client components call `useTranslations` of use-intl. */
export function translator<N extends keyof typeof CATALOGUE>(namespace: N) {
  return createTranslator<typeof CATALOGUE, N>({ locale: LOCALE, messages: CATALOGUE, namespace, timeZone: 'UTC' })
}
