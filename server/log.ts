import 'server-only'
import { pino, type DestinationStream, type Logger } from 'pino'
import { getRuntime } from './runtime'

/** Keys whose values never reach a log line, wherever they stand. */
const SECRET_KEYS = [
  'authorization', 'cookie', 'set-cookie', 'password', 'code', 'state', 'clientSecret', 'client_secret',
  'accessToken', 'access_token', 'refreshToken', 'refresh_token', 'token', 'key', 'adminToken', 'bodyText', 'connectionString',
]

/** Makes the structured logger: one JSON line per event on stdout unless told otherwise, secrets redacted by key. */
export function makeLogger(level: string, destination: DestinationStream = standardOutput()): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: SECRET_KEYS.flatMap((key) => [`["${key}"]`, `*["${key}"]`, `*.*["${key}"]`]), censor: '[redacted]' },
    serializers: { err: errorForLog },
  }
  return pino(options, destination)
}

/** Where lines go, and word of when they are gone. */
export interface Output extends DestinationStream {
  once(event: 'drain', listener: () => void): unknown
}

let output: Output | null = null

/**
 * Not waited for: whoever reads the lines slowly, or no longer, must not hold up a request. One for everything that this
 * process prints by lines, so that no line ends up within another.
 */
export function standardOutput(): Output {
  output ??= pino.destination({ fd: 1, sync: false })
  return output
}

export function log(): Logger {
  return getRuntime().log
}

/** What a log may hold of an error: its kind, code, message and where it was thrown; never its own properties. */
function errorForLog(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { name: typeof error }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  return { name: error.name, code, message: withoutQueries(error.message), stack: withoutQueries(error.stack ?? '') }
}

/** Addresses lose their query and user: both may hold a secret. */
function withoutQueries(text: string): string {
  return text.replace(/([a-z]+:\/\/)[^\s/@]*@/gi, '$1').replace(/(https?:\/\/[^\s?"']+)\?[^\s"')]*/g, '$1?…')
}
