import { roleMay } from '@/contracts/permissions'
import type { Viewer } from '../auth/viewer'
import { AppError } from '../http/app-error'

/** Real hotels are a one-way door: only an owner makes an API client one of production. @throws AppError `not_allowed` */
export function requireProductionRight(viewer: Viewer, environment: 'SANDBOX' | 'PRODUCTION'): void {
  if (environment === 'PRODUCTION' && !roleMay(viewer.role, 'api-clients:production')) throw new AppError('not_allowed')
}
