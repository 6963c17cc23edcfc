import 'server-only'
import type { z } from 'zod'
import { exchangeSchema } from '@/contracts/exchange'
import type { getOperation as endpoint } from '@/contracts/operations'
import type { Viewer } from '../auth/viewer'
import { db } from '../db'
import { AppError } from '../http/app-error'
import { withNames } from './list-operations'

/** @throws AppError `not_found` */
export async function getOperation(viewer: Pick<Viewer, 'organizationId'>, id: string): Promise<z.output<typeof endpoint.output>> {
  const row = await db().operation.findFirst({ where: { id, organizationId: viewer.organizationId } })
  if (!row) throw new AppError('not_found')
  const { exchange, ...rest } = row
  const [operation] = await withNames(viewer, [rest])
  if (!operation) throw new AppError('not_found')
  return { ...operation, exchange: exchangeSchema.parse(exchange) }
}
