import { ZodError } from 'zod'
import { isErrorCode } from '@/contracts/errors'
import { SealError } from '../crypto/seal'
import { databaseUnavailable } from '../database/database-unavailable'
import { isDatabaseUnavailable } from '../database/is-database-unavailable'
import { AppError } from './app-error'
import { fromUpstream, isUpstreamError } from './from-upstream'

/** Turns whatever was thrown into a refusal of ours; what nobody foresaw becomes `internal`. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  if (isForeignAppError(error)) return new AppError(error.code, { ...error.extras, cause: error.cause })
  if (error instanceof ZodError) {
    const issues = error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }))
    return new AppError('invalid_input', { issues, cause: error })
  }
  if (isUpstreamError(error)) return fromUpstream(error)
  if (error instanceof SealError) return new AppError('secret_unreadable', { cause: error })
  if (isDatabaseUnavailable(error)) return databaseUnavailable(error)
  return new AppError('internal', { cause: error })
}

/** The front and Next load this class separately; a refusal that crossed between them is known by its name and code. */
function isForeignAppError(error: unknown): error is AppError {
  return error instanceof Error && error.name === 'AppError' && 'code' in error && isErrorCode(error.code) && 'extras' in error
}
