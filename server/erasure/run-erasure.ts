import 'server-only'
import { db, type Transaction } from '../db'

/** What of one kind was erased. */
export interface ErasedPart {
  readonly what: string
  readonly rows: number
  /** It is found, and can't be erased. */
  readonly stays?: boolean
}

class NotMeant extends Error {
  readonly parts: readonly ErasedPart[]

  constructor(parts: readonly ErasedPart[]) {
    super('a trial')
    this.parts = parts
  }
}

/** Every table is looked through, which takes its time in a large database. */
const LONGEST_MS = 5 * 60_000

/** Erases in one transaction; as a trial does the very same and takes it all back, so that its figures are the true ones. */
export async function runErasure(erase: (tx: Transaction) => Promise<ErasedPart[]>, { isMeant }: { isMeant: boolean }): Promise<readonly ErasedPart[]> {
  try {
    return await db().$transaction(
      async (tx) => {
        const parts = await erase(tx)
        if (!isMeant) throw new NotMeant(parts)
        return parts
      },
      { timeout: LONGEST_MS },
    )
  } catch (error) {
    if (error instanceof NotMeant) return error.parts
    throw error
  }
}
