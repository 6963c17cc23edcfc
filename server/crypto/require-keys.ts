import 'server-only'
import { AppError } from '../http/app-error'
import { getRuntime } from '../runtime'
import type { KeyRing } from './key-ring'

/** @throws AppError `sealed` while no key is configured. */
export function requireKeys(): KeyRing {
  const { keys } = getRuntime()
  if (!keys) throw new AppError('sealed')
  return keys
}
