import type { TruthEvent, TruthRecord } from './truth-event'

export type TruthFilter = { readonly since?: number; readonly type?: string; readonly clientId?: string }

/** The append-only record of all that happened; the state is what it says. */
export type TruthLog = {
  append(event: TruthEvent, at: number): TruthRecord
  /** settles when everything appended so far outlives a crash; `undefined` when there is nothing to wait for */
  durable(): Promise<void> | undefined
  read(filter?: TruthFilter): TruthRecord[]
  close(): Promise<void>
}

/** Whether a record is later than `since` and of the type and API client asked for. */
export function matches(record: TruthRecord, { since = 0, type, clientId }: TruthFilter): boolean {
  if (record.sequence <= since) return false
  if (type !== undefined && record.type !== type) return false
  return clientId === undefined || ('clientId' in record && record.clientId === clientId)
}
