import type { CidrResult } from '@/lib/net/parse-cidr-block'
import texts from './cidr-texts.en.json' with { type: 'json' }

type Refused = Extract<CidrResult, { verdict: 'suggest' | 'refuse' }>
interface Told {
  readonly code: Refused['code'] | 'bad_ipv6'
  /** From zero, as the parser counts. */
  readonly position: number
  readonly suggestions?: readonly string[]
}

/** Why an entry was not taken, for people: what is wrong, where, and what may have been meant. */
export function cidrSentence({ code, position, suggestions = [] }: Told): string {
  const what = texts[code].replace('{position}', String(position + 1))
  return suggestions.length === 0 ? what : `${what} ${texts.meant.replace('{suggestions}', suggestions.join(' or '))}`
}
