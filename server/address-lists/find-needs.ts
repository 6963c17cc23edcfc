import type { z } from 'zod'
import { MOST_LIST_ENTRIES, type listConfirmationSchema } from '@/contracts/address-lists'
import type { RestrictionMode } from '@/contracts/key-restrictions'
import { formatCidrBlock, type CidrBlock } from '@/lib/net/cidr-block'
import { makeAddressMatcher } from '@/lib/net/make-address-matcher'
import { mergeBlocks } from '@/lib/net/merge-blocks'
import { AppError } from '../http/app-error'
import { blocksOf } from './entry-draft'
import type { ListActor } from './list-actor'

export type Confirmation = z.output<typeof listConfirmationSchema>
export const UNCONFIRMED: Confirmation = { lockOut: false, empty: false, wide: [] }

interface Side {
  readonly mode: RestrictionMode
  readonly entries: readonly { readonly block: string }[]
}

/** What a change must say on purpose. */
export interface Needs {
  /** Addresses in use that are let in before the change, and not after. */
  readonly lockOut: readonly string[]
  readonly empty: boolean
  /** Networks wider than /8 that the list covers by the change, whatever entries they are put together from. */
  readonly wide: readonly string[]
}

const WIDEST_PREFIX = 8

export function findNeeds(before: Side, after: Side, inUse: readonly string[]): Needs {
  const [had, has] = [blocksOf(before.entries), blocksOf(after.entries)]
  const known = new Set(wideOf(had))
  const [wasLetIn, isLetIn] = [admits(before.mode, had), admits(after.mode, has)]
  return {
    lockOut: inUse.filter((address) => wasLetIn(address) && !isLetIn(address)),
    empty: had.length > 0 && has.length === 0,
    wide: wideOf(has).filter((text) => !known.has(text)),
  }
}

/** @throws AppError `whitelist_left_empty`, `whitelist_too_wide`, `whitelist_locks_out`, each naming what is to be confirmed. */
export function requireConfirmed({ empty, wide, lockOut }: Needs, confirmation: Confirmation, { mayWiden }: Pick<ListActor, 'mayWiden'>): void {
  if (empty && !confirmation.empty) throw new AppError('whitelist_left_empty')
  if (wide.length > 0 && !(mayWiden && wide.every((text) => confirmation.wide.includes(text)))) {
    throw new AppError('whitelist_too_wide', { issues: wide.map((message) => ({ path: 'confirmation.wide', message })) })
  }
  if (lockOut.length > 0 && !confirmation.lockOut) {
    throw new AppError('whitelist_locks_out', { issues: lockOut.map((message) => ({ path: 'confirmation.lockOut', message })) })
  }
}

/** @throws AppError `whitelist_duplicate`, `whitelist_full` */
export function requireSound(entries: readonly { readonly block: string }[]): void {
  const lines = new Map<string, number>()
  for (const [index, { block }] of entries.entries()) {
    const line = lines.get(block)
    if (line !== undefined) throw new AppError('whitelist_duplicate', { issues: [{ path: 'block', message: `${block} stands on line ${line}` }] })
    lines.set(block, index + 1)
  }
  if (entries.length > MOST_LIST_ENTRIES) throw new AppError('whitelist_full')
}

function admits(mode: RestrictionMode, blocks: readonly CidrBlock[]): (address: string) => boolean {
  return mode === 'enforced' ? makeAddressMatcher(blocks).has : () => true
}

function wideOf(blocks: readonly CidrBlock[]): string[] {
  return mergeBlocks(blocks).map(({ block }) => block).filter(({ prefixLength }) => prefixLength < WIDEST_PREFIX).map(formatCidrBlock)
}
