import { maskText } from '../octorate/mask-text'

const MASK = '••••'
const LONGEST = 20_000
/** What could be typed somewhere instead of a link: a run of capitals and digits with at least one digit. */
const CODE = /\b(?=[A-Z0-9-]*\d)[A-Z0-9]{3,}(?:-[A-Z0-9]{2,})*\b/g

/** A mail's text without what could be used: addresses keep their host, and codes and tokens nothing. */
export function maskMailText(text: string): string {
  const withoutLinks = text.replaceAll(/(https?:\/\/[^\s/?#]+)[^\s]*/g, `$1/${MASK}`)
  return withoutLinks
    .split('\n')
    .map((line) => maskText(line.replaceAll(CODE, MASK), { maxCharacters: LONGEST }))
    .join('\n')
}
