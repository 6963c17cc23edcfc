/** In this order: later ones carry the names of earlier ones. */
const BROWSERS = [
  ['Edge', /\bEdg(?:e|A|iOS)?\/(\d+)/],
  ['Opera', /\bOPR\/(\d+)/],
  ['Samsung Internet', /\bSamsungBrowser\/(\d+)/],
  ['Firefox', /\b(?:Firefox|FxiOS)\/(\d+)/],
  ['Chrome', /\b(?:Chrome|CriOS|HeadlessChrome)\/(\d+)/],
  ['Safari', /\bVersion\/(\d+)[\d.]* (?:Mobile\/\S+ )?Safari\//],
] as const

const SYSTEMS = [
  ['Android', /\bAndroid\b/],
  ['iOS', /\b(?:iPhone|iPad|iPod)\b/],
  ['Windows', /\bWindows NT\b/],
  ['macOS', /\bMac OS X\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['Linux', /\bLinux\b/],
] as const

export type Device = { browser: string | null; system: string | null; isPhone: boolean }

/** What a User-Agent header says of browser and system, for a person to recognise their device by; null where it says nothing known. */
export function readUserAgent(userAgent: string): Device {
  const browser = BROWSERS.map(([name, pattern]) => ({ name, version: pattern.exec(userAgent)?.[1] })).find((found) => found.version)
  const system = SYSTEMS.find(([, pattern]) => pattern.test(userAgent))?.[0] ?? null
  return {
    browser: browser ? `${browser.name} ${browser.version}` : null,
    system,
    isPhone: system === 'Android' || system === 'iOS',
  }
}
