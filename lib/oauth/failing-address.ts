/**
 * Finds the redirect URI in what a person copied from a failing connect: the address of Octorate's consent page, which
 * has it in `redirect_uri`; the address that the browser ended on, which has `code`, `state` or `error` behind it; or the
 * redirect URI alone. Letter by letter as it was sent, for a difference of one letter is what is looked for.
 */
export function readFailingAddress(pasted: string): string {
  const text = pasted.trim()
  const mark = text.indexOf('?')
  if (mark < 0) return text
  const [query = ''] = text.slice(mark + 1).split('#', 1)
  const pairs = query.split('&').filter((pair) => pair !== '')
  const sent = pairs.find((pair) => pair.startsWith('redirect_uri='))
  if (sent !== undefined) return decode(sent.slice('redirect_uri='.length))
  const own = pairs.filter((pair) => !/^(code|state|error|error_description|iss)=/.test(pair))
  if (own.length === pairs.length) return text
  const base = text.slice(0, mark)
  return own.length === 0 ? base : `${base}?${own.join('&')}`
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll('+', ' '))
  } catch {
    return value
  }
}
