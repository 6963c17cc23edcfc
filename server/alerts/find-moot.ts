import 'server-only'
import { CONNECTION_ALERTS } from '@/contracts/alerts'
import type { Transaction } from '../db'
import type { Alert } from '../generated/prisma/client'

/** Ids of alerts whose cause has ended, or has become a graver one, before anybody was told. */
export async function findMoot(tx: Transaction, alerts: readonly Alert[]): Promise<ReadonlySet<string>> {
  const ofConnections = alerts.filter(({ type }) => (CONNECTION_ALERTS as readonly string[]).includes(type))
  const watches = await tx.connectionWatch.findMany({ where: { connectionId: { in: ofConnections.map(({ aboutId }) => aboutId) } } })
  const told = new Map(watches.map((watch) => [watch.connectionId, `connection.${watch.told}`]))
  return new Set(ofConnections.filter(({ aboutId, type }) => told.get(aboutId) !== type).map(({ id }) => id))
}
