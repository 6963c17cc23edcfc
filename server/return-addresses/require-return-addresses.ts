import 'server-only'
import type { Transaction } from '../db'
import { AppError } from '../http/app-error'

/** Each must stand on the API client's list, character for character. @throws AppError `return_address_unknown` */
export async function requireReturnAddresses(
  tx: Pick<Transaction, 'returnAddress'>,
  { id: apiClientId, organizationId }: { readonly id: string; readonly organizationId: string },
  addresses: readonly (string | undefined)[],
): Promise<void> {
  const wanted = [...new Set(addresses.filter((uri) => uri !== undefined))]
  if (wanted.length === 0) return
  const known = await tx.returnAddress.count({ where: { apiClientId, organizationId, uri: { in: wanted } } })
  if (known < wanted.length) throw new AppError('return_address_unknown')
}
