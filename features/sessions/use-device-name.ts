import { useTranslations } from 'use-intl'
import { readUserAgent } from './read-user-agent'

/** Gives a session's device in words: "Firefox 143 on Linux". */
export function useDeviceName(): (userAgent: string) => string {
  const t = useTranslations('sessions')
  return (userAgent) => {
    const { browser, system } = readUserAgent(userAgent)
    return t('device', { browser: browser ?? t('unknownBrowser'), system: system ?? t('unknownSystem') })
  }
}
