import { ERRORS, type ErrorCode } from '@/contracts/errors'
import { ProblemError } from '../request'

/** The refusal behind a code that came without one, as that of a flow which failed earlier. */
export function problemOfCode(code: ErrorCode, requestId = ''): ProblemError {
  const { status, turn } = ERRORS[code]
  return new ProblemError({ type: `urn:keyrack:problem:${code}`, title: code, detail: '', status, code, turn, requestId })
}
