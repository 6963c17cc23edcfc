import { decodeBase64Parts } from './decode-base64-parts'

export interface FoundCredentials {
  readonly clientId: string | null
  readonly clientSecret: string | null
}

const ID_LABEL = /client[\s_-]*id|api[\s_-]*(?:client|user|id)|public[\s_-]*key/i
const SECRET_LABEL = /client[\s_-]*secret|api[\s_-]*secret|secret[\s_-]*key|(?:^|[^\w])secret(?=\s*[:=])/i
/** What an id or secret is made of; a word of a sentence has neither a digit nor a mark. */
const VALUE = String.raw`["'“‘<*]*([A-Za-z0-9][A-Za-z0-9_.~+/=-]{3,499})["'”’>*]*`
const BETWEEN = String.raw`["'”’*]*\s*(?:is\s*)?[:=\t]*\s*`
const ID_SHAPE = /(?:^|[^A-Za-z0-9_])(public_[A-Za-z0-9_.-]{6,200})/
const SECRET_SHAPE = /(?:^|[^A-Za-z0-9_])(secret_[A-Za-z0-9_.-]{6,200})/

/**
 * Finds the client id and the client secret in a whole mail: by their labels, whatever stands between label and value, or
 * by Octorate's shapes `public_…` and `secret_…`. Understands base64 parts, quoted-printable lines, HTML and
 * quoted replies. Null for what is not there: nothing is guessed.
 */
export function findCredentials(mail: string): FoundCredentials {
  const text = toPlainText(decodeBase64Parts(mail))
  const clientId = shaped(text, ID_SHAPE) ?? labelled(text, ID_LABEL)
  const clientSecret = shaped(text, SECRET_SHAPE) ?? labelled(text, SECRET_LABEL)
  return { clientId, clientSecret: clientSecret === clientId ? null : clientSecret }
}

const shaped = (text: string, shape: RegExp): string | null => trimmed(shape.exec(text)?.[1])

function labelled(text: string, label: RegExp): string | null {
  const pattern = new RegExp(`(?:${label.source})${BETWEEN}${VALUE}`, 'gi')
  for (const match of text.matchAll(pattern)) {
    const value = trimmed(match.at(-1))
    if (value !== null && isNoWord(value)) return value
  }
  return null
}

function isNoWord(value: string): boolean {
  return /[0-9_]/.test(value) || /-/.test(value.slice(1, -1)) || value.length >= 24
}

/** The full stop of a sentence belongs to no secret. */
function trimmed(value: string | undefined): string | null {
  const shorter = value?.replace(/[.,;:]+$/, '') ?? ''
  return shorter.length < 4 ? null : shorter
}

function toPlainText(mail: string): string {
  const unfolded = /=\r?\n|=3D/i.test(mail) ? mail.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))) : mail
  return unfolded
    .replace(/<(style|script)\b[^>]*>[\s\S]*?<\/\1>/gi, ' ')
    .replace(/<br\s*\/?>|<\/(p|div|tr|li|h\d)>/gi, '\n')
    .replace(/<\/?[a-z][^<>]*>/gi, ' ')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('&#61;', '=')
    .replaceAll('&amp;', '&')
    .replaceAll('\u00a0', ' ')
    .replace(/^[>|\s]+/gm, '')
}
