const HEADER = /^content-transfer-encoding:\s*base64\s*$/i
const ENCODED = /^[A-Za-z0-9+/]+={0,2}$/

/** A mail's source with its base64 parts as text (RFC 2045, 6.8); whatever is no such part stays as it is. */
export function decodeBase64Parts(mail: string): string {
  const out: string[] = []
  let encoded: string[] = []
  let state: 'text' | 'headers' | 'part' = 'text'
  const flush = () => {
    if (encoded.length > 0) out.push(decode(encoded.join('')) ?? encoded.join('\n'))
    encoded = []
  }
  for (const line of mail.split(/\r?\n/)) {
    if (state === 'part' && ENCODED.test(line.trim())) {
      encoded.push(line.trim())
      continue
    }
    // A blank line ends the headers and may stand inside a part; any other line ends the part.
    if (state === 'part' && line.trim() !== '') state = 'text'
    if (state !== 'part') flush()
    if (HEADER.test(line)) state = 'headers'
    else if (state === 'headers' && line.trim() === '') state = 'part'
    out.push(line)
  }
  flush()
  return out.join('\n')
}

function decode(encoded: string): string | null {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0)))
  } catch {
    return null
  }
}
