import 'server-only'
import type { RestrictionMode } from '@/contracts/key-restrictions'
import { db, type Transaction } from '../db'
import type { AddressEntry } from '../generated/prisma/client'
import { AppError } from '../http/app-error'
import { getRuntime } from '../runtime'
import { rowOf, type ListHolder } from './list-holder'

export interface HeldList {
  readonly id: string
  readonly organizationId: string
  readonly mode: RestrictionMode
  readonly modeSince: Date | null
  readonly revision: number
  /** In their order; those that have expired are not among them, whether or not they were swept. */
  readonly entries: readonly AddressEntry[]
}

const ORDER = [{ position: 'asc' }, { id: 'asc' }] as const

/** The list as it is; one without entries when nobody has changed it yet. */
export async function readList(organizationId: string, holder: ListHolder): Promise<HeldList | null> {
  return db().addressList.findFirst({ where: { organizationId, ...rowOf(holder) }, include: { entries: { where: alive(), orderBy: [...ORDER] } } })
}

/**
 * The list for a change: nobody else changes it until the transaction ends. Made when it is not there.
 *
 * @throws AppError `not_found` when the holder is not there, is deleted or is not theirs.
 */
export async function lockList(tx: Transaction, organizationId: string, holder: ListHolder): Promise<HeldList> {
  await requireHolder(tx, organizationId, holder)
  await tx.addressList.createMany({ data: [{ organizationId, ...rowOf(holder) }], skipDuplicates: true })
  const { id } = await tx.addressList.findFirstOrThrow({ where: { organizationId, ...rowOf(holder) }, select: { id: true } })
  await tx.$queryRaw`SELECT id FROM address_lists WHERE id = ${id}::uuid FOR UPDATE`
  return tx.addressList.findUniqueOrThrow({ where: { id }, include: { entries: { where: alive(), orderBy: [...ORDER] } } })
}

async function requireHolder(tx: Transaction, organizationId: string, { kind, id }: ListHolder): Promise<void> {
  const count = kind === 'api_client'
    ? await tx.apiClient.count({ where: { id, organizationId, deletedAt: null } })
    : await tx.machineKey.count({ where: { id, organizationId } })
  if (count === 0) throw new AppError('not_found')
}

function alive() {
  return { OR: [{ expiresAt: null }, { expiresAt: { gt: getRuntime().clock() } }] }
}
