import { isErrorCode, type ErrorCode } from '@/contracts/errors'

const SEPARATOR = ' '

/**
 * The one thing that reaches the browser of an error thrown while a page is rendered is its digest; ours says which
 * refusal it was and under which request id it was logged.
 */
export function pageDigest(code: ErrorCode, requestId: string): string {
  return `${code}${SEPARATOR}${requestId}`
}

/** Reads a digest back; one that is not ours (the framework's own number) becomes `internal` under that number. */
export function parsePageDigest(digest: string | undefined): { code: ErrorCode; requestId: string } {
  const [code, requestId, ...rest] = (digest ?? '').split(SEPARATOR)
  if (isErrorCode(code) && requestId !== undefined && rest.length === 0) return { code, requestId }
  return { code: 'internal', requestId: digest ?? '' }
}
