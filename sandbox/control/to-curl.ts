import type { TapeEntry } from './tape'

/** Headers that curl sets itself, or that belong to one connection only. */
const LEFT_OUT = new Set(['host', 'connection', 'content-length', 'accept-encoding', 'transfer-encoding', 'sec-fetch-mode', 'x-sandbox-replay-of'])

/** A request on the tape as a command for a POSIX shell, against the sandbox at `url`. */
export function toCurl({ method, path, query, headers, form, body }: TapeEntry, url: string): string {
  const asked = new URLSearchParams(query).toString()
  const fields = Object.entries(form)
  return [
    `curl -i -X ${method} ${quote(`${url}${path}${asked && `?${asked}`}`)}`,
    ...Object.entries(headers)
      .filter(([name]) => !LEFT_OUT.has(name) && !(name === 'content-type' && fields.length > 0))
      .map(([name, value]) => `-H ${quote(`${name}: ${value}`)}`),
    ...fields.map(([name, value]) => `--data-urlencode ${quote(`${name}=${value}`)}`),
    ...(body === '' ? [] : [`--data-raw ${quote(body)}`]),
  ].join(' \\\n  ')
}

function quote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}
