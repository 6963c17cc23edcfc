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

/** A log that lives as long as the process, holding the latest `limit` records. */
export function createMemoryTruthLog(limit: number): TruthLog {
  let records: TruthRecord[] = []
  let sequence = 0
  return {
    append(event, at) {
      sequence += 1
      const record = { sequence, at, ...event }
      records.push(record)
      if (records.length >= limit * 2) records = records.slice(-limit)
      return record
    },
    durable: () => undefined,
    read: (filter = {}) => records.slice(-limit).filter((record) => matches(record, filter)),
    close: async () => undefined,
  }
}

/** Whether a record is later than `since` and of the type and API client asked for. */
export function matches(record: TruthRecord, { since = 0, type, clientId }: TruthFilter): boolean {
  if (record.sequence <= since) return false
  if (type !== undefined && record.type !== type) return false
  return clientId === undefined || ('clientId' in record && record.clientId === clientId)
}
