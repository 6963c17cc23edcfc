import { ZodError } from 'zod'
import { SealError } from '../crypto/seal'
import { isDatabaseUnavailable } from '../database/is-database-unavailable'
import { AppError } from './app-error'

const DATABASE_RETRY_SECONDS = 2

/** Turns whatever was thrown into a refusal of ours; what nobody foresaw becomes `internal`. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  if (error instanceof ZodError) {
    const issues = error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }))
    return new AppError('invalid_input', { issues, cause: error })
  }
  if (error instanceof SealError) return new AppError('secret_unreadable', { cause: error })
  if (isDatabaseUnavailable(error)) {
    return new AppError('database_unavailable', { cause: error, retryAfterSeconds: DATABASE_RETRY_SECONDS })
  }
  return new AppError('internal', { cause: error })
}
