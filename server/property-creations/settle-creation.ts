import 'server-only'
import { openGateway } from '../api-clients/open-gateway'
import { recordAudit } from '../audit/record-audit'
import { adoptNetworkProperty } from '../connections/adopt-network-property'
import { replaceProperties } from '../connections/store-grant'
import { storeImported } from '../connections/store-imported'
import { transaction } from '../database/transaction'
import { db, type Transaction } from '../db'
import type { ApiClient, PropertyCreation } from '../generated/prisma/client'
import { AppError } from '../http/app-error'
import { claimEntry } from '../journal/entry-state'
import { openAnswer, type JournalEntry } from '../journal/journal-entry'
import { processCreatePropertyResponse, type CreatedProperty } from '../octorate/create-property'
import type { Property } from '../octorate/property'
import { getRuntime } from '../runtime'
import { tellRefusal } from './tell-refusal'

type Found = PropertyCreation & { readonly apiClient: ApiClient }

/**
 * Reads a journalled answer to a new property and saves what it gave: a connection of its own, or, where a network was
 * joined that is connected already, one property more of that. Any process may do it, as often as it takes.
 *
 * @throws AppError `not_found`, `property_refused`; upstream errors when the answer is no property.
 */
export async function settleCreation(entry: JournalEntry): Promise<void> {
  const creation = await db().propertyCreation.findFirst({
    where: { connectionId: entry.connectionId ?? '', organizationId: entry.organizationId },
    include: { apiClient: true },
  })
  if (!creation) throw new AppError('not_found')
  const created = read(entry, creation)
  const now = getRuntime().clock()
  await transaction(async (tx) => {
    if (!(await claimEntry(tx, entry, now))) return
    const connectionId = created.outcome === 'created' ? await connect(tx, creation, { created, now }) : creation.connectionId
    await tx.propertyCreation.update({
      where: { id: creation.id },
      data: {
        connectionId, state: created.outcome, failure: null, upstreamId: created.upstreamId, settledAt: now,
        networkProperties: created.outcome === 'created' ? [...created.networkProperties] : [],
      },
    })
    await recordAudit(tx, {
      action: created.outcome === 'created' ? 'property.created' : 'property.not_created',
      outcome: created.outcome === 'created' ? 'success' : 'failure',
      organizationId: creation.organizationId, actor: { kind: 'user', id: creation.userId },
      target: { kind: 'property_creation', id: creation.id },
      detail: { upstreamId: created.upstreamId, outcome: created.outcome, ...(created.outcome === 'created' ? { connection: connectionId } : {}) },
      at: now,
    })
  })
}

function read(entry: JournalEntry, { apiClient }: Found): CreatedProperty {
  try {
    return processCreatePropertyResponse(openAnswer(entry), openGateway(apiClient).policy)
  } catch (error) {
    throw tellRefusal(error)
  }
}

interface Settled {
  readonly created: Extract<CreatedProperty, { outcome: 'created' }>
  readonly now: Date
}

async function connect(tx: Transaction, creation: Found, { created, now }: Settled): Promise<string> {
  const { organizationId, apiClientId, name, contactName, email } = creation
  const { upstreamId, networkProperties, refreshToken } = created
  const others = networkProperties.filter((id) => id !== upstreamId)
  const joined = others.length > 0 ? await adoptNetworkProperty(tx, { organizationId, apiClientId, upstreamId, name, others }) : null
  if (joined) return joined
  const identity = others.length > 0 ? `network:${firstOf([upstreamId, ...others])}` : `property:${upstreamId}`
  const { connectionId } = await storeImported(
    tx,
    {
      organizationId, apiClientId, refreshToken, now, origin: 'create', newId: creation.connectionId, connectedByUserId: creation.userId,
      environment: creation.apiClient.environment, identity: { identity, name: creation.networkName ?? name },
    },
    null,
  )
  // Only the new one has a name that is known here; the next consent or look at the network brings the others'.
  if (others.length > 0) await replaceProperties(tx, connectionId, { organizationId, properties: networkOf(networkProperties, { upstreamId, name }) })
  await tx.connection.updateMany({ where: { id: connectionId, organizationId, contactEmail: null }, data: { contactName, contactEmail: email } })
  return connectionId
}

function networkOf(ids: readonly string[], created: { upstreamId: string; name: string }): Property[] {
  return ids.map((upstreamId) => ({
    upstreamId, name: upstreamId === created.upstreamId ? created.name : upstreamId, city: null, country: null, currency: null, timeZone: null,
    sandboxProperty: false, network: { id: null, root: null, enabled: null },
  }))
}

/** As consents name a network that tells no root: by the first of its ids, shorter ones first. */
function firstOf(ids: readonly string[]): string {
  return ids.toSorted((a, b) => a.length - b.length || (a < b ? -1 : 1))[0] ?? ''
}
