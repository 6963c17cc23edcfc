import type { Exchange } from '@/contracts/exchange'
import { showInvisible } from '@/lib/text/show-invisible'

/** The request as a curl command for a POSIX shell. Masked values stay masked: whoever runs it fills them in. */
export function toCurl({ method, url, requestHeaders, requestForm, requestJson }: Exchange): string {
  const parts = [
    `curl --request ${quote(method)} ${quote(url)}`,
    ...Object.entries(requestHeaders).map(([name, value]) => `--header ${quote(`${name}: ${value}`)}`),
    ...Object.entries(requestForm ?? {}).map(([name, value]) => `--data-urlencode ${quote(`${name}=${value}`)}`),
    ...(requestJson ? [`--data ${quote(requestJson.replaceAll(/\n\s*/g, ''))}`] : []),
  ]
  return parts.join(' \\\n  ')
}

/** In single quotes a shell reads nothing; what is unseen is named, for a terminal would act on it. */
function quote(text: string): string {
  const shown = showInvisible(text, MOST_CHARACTERS)
  return /^[A-Za-z0-9_./:@%+,-]+$/.test(shown) ? shown : `'${shown.replaceAll("'", String.raw`'\''`)}'`
}

const MOST_CHARACTERS = 8_000
