import 'server-only'
import type { z } from 'zod'
import { exchangeSchema } from '@/contracts/exchange'
import type { getOperation as endpoint } from '@/contracts/operations'
import { db } from '../db'
import { AppError } from '../http/app-error'
import { withNames } from './list-operations'
import { visibleTo, type OperationViewer } from './visible-calls'

/** @throws AppError `not_found` */
export async function getOperation(viewer: OperationViewer, id: string): Promise<z.output<typeof endpoint.output>> {
  const row = await db().operation.findFirst({ where: { id, ...visibleTo(viewer) } })
  if (!row) throw new AppError('not_found')
  const { exchange, ...rest } = row
  const [operation] = await withNames(viewer, [rest])
  if (!operation) throw new AppError('not_found')
  return { ...operation, exchange: exchangeSchema.parse(exchange) }
}
