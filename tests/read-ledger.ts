import { db } from '@/server/db'
import { foldLedger } from '@/server/hand-outs/fold-ledger'

/** The rows of a machine key in the ledger, with what was handed out up to now. */
export async function readLedger(machineKeyId: string) {
  await foldLedger()
  return db().handOut.findMany({ where: { machineKeyId }, orderBy: [{ minute: 'asc' }, { address: 'asc' }, { connectionId: 'asc' }] })
}
