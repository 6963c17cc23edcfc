import 'server-only'
import { translator } from '@/messages/translator'
import type { Viewer } from '../auth/viewer'
import type { Transaction } from '../db'
import { announce } from '../events/announce'
import { connectionFacts } from '../events/connection-facts'
import type { Freeze, Prisma } from '../generated/prisma/client'

interface Told {
  readonly type: 'hand_outs.frozen' | 'hand_outs.thawed'
  readonly row: Freeze
  /** Why it is frozen, or why it is thawed. */
  readonly reason: string
  readonly at: Date
}

/** Announces, in the transaction that places or lifts a freeze, what it stands over, who did it and why. */
export async function announceFreeze(tx: Transaction, viewer: Viewer, { type, row, reason, at }: Told): Promise<void> {
  const { organizationId, organizationName, userId, email } = viewer
  const { id, targetKind, targetId, onlySandbox, frozenAt } = row
  const { name, data } = await findTarget(tx, row, organizationName)
  await announce(tx, [
    {
      type, organizationId, at, name,
      about: { kind: targetKind, id: targetId },
      data: { freeze: { id, scope: targetKind, onlySandbox, frozenAt: frozenAt.toISOString() }, reason, by: { id: userId, name: viewer.name, email }, ...data },
    },
  ])
}

interface Target {
  /** For a sentence. */
  readonly name: string
  readonly data: Prisma.InputJsonObject
}

/** A connection or an API client as other events name it; of the organization every event has the id. */
async function findTarget(tx: Transaction, { targetKind, targetId: id, organizationId, onlySandbox }: Freeze, organizationName: string): Promise<Target> {
  const t = translator('freezes')
  const select = { id: true, name: true } as const
  switch (targetKind) {
    case 'organization':
      return { name: t(onlySandbox ? 'told.drill' : 'told.organization', { name: organizationName }), data: {} }
    case 'api_client': {
      const apiClient = await tx.apiClient.findFirst({ where: { id, organizationId }, select: { ...select, environment: true } })
      return apiClient ? { name: t('told.api_client', { name: apiClient.name }), data: { apiClient } } : { name: t('told.gone'), data: {} }
    }
    case 'connection': {
      const found = await tx.connection.findFirst({ where: { id, organizationId }, select: { ...select, identity: true, environment: true, apiClient: { select } } })
      return found ? { name: found.name, data: connectionFacts(found) } : { name: t('told.gone'), data: {} }
    }
  }
}
