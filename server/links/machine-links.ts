import 'server-only'
import type { z } from 'zod'
import type { createMachineLink as endpoint, MachineLink } from '@/contracts/machine-links'
import { linkStateOf } from '@/lib/links/link-state'
import { CONNECTION_COLUMNS } from '../connections/to-dto'
import { requireWholeConnection } from '../connections/require-whole-connection'
import { visibleTo } from '../connections/machine-filter'
import { transaction } from '../database/transaction'
import { db } from '../db'
import type { Link, Prisma } from '../generated/prisma/client'
import { AppError } from '../http/app-error'
import type { MachineActor } from '../http/machine-actor'
import type { MachineCaller } from '../machine-keys/machine-caller'
import { requireReturnAddresses } from '../return-addresses/require-return-addresses'
import { getRuntime } from '../runtime'
import { requireLinkable } from './create-connect-link'
import { isLinkOffered } from './is-link-offered'
import { makeLinks, type LinkTarget } from './make-links'

type Body = z.output<typeof endpoint.body>

/**
 * A link for an integrator's own product.
 *
 * @throws AppError `not_found`, `bad_request`, `machine_key_properties`, `hotelier_cannot_help`, `link_needs_callback`, `return_address_unknown`
 */
export async function createMachineLink({ caller, context }: MachineActor, body: Body) {
  const target = body.connectionId ? await reconnectTarget(caller, body.connectionId, body) : await connectTarget(caller, body)
  const { successUrl, errorUrl } = body
  const [fresh] = await transaction(async (tx) => {
    await requireReturnAddresses(tx, { id: target.apiClientId, organizationId: caller.organizationId }, [successUrl, errorUrl])
    return makeLinks(tx, { targets: [target], wish: body, sender: { actor: { kind: 'machine_key', id: caller.keyId }, context } })
  })
  if (!fresh) throw new AppError('internal')
  return { link: await getMachineLink(caller, fresh.id), url: fresh.url, phoneCode: fresh.phoneCode }
}

async function reconnectTarget(caller: MachineCaller, connectionId: string, { apiClientId, propertyId }: Body): Promise<LinkTarget> {
  if (apiClientId !== undefined || propertyId !== undefined) throw new AppError('bad_request')
  const row = await db().connection.findFirst({
    where: { ...visibleTo(caller), id: connectionId },
    select: { ...CONNECTION_COLUMNS, apiClientId: true, apiClient: { select: { id: true, name: true, refusedAt: true, foreignRedirectUri: true, deletedAt: true } } },
  })
  if (!row) throw new AppError('not_found')
  await requireWholeConnection(caller, connectionId)
  requireLinkable(row.apiClient)
  if (!isLinkOffered(row, getRuntime().clock())) throw new AppError('hotelier_cannot_help')
  return { organizationId: caller.organizationId, apiClientId: row.apiClientId, connectionId, propertyId: null }
}

async function connectTarget(caller: MachineCaller, { apiClientId: id, propertyId }: Body): Promise<LinkTarget> {
  const { organizationId, environment, properties } = caller
  if (id === undefined) throw new AppError('bad_request')
  // What such a key may not see must not come in by it either.
  if (properties && (propertyId === undefined || !properties.has(propertyId))) throw new AppError('machine_key_properties')
  const apiClient = await db().apiClient.findFirst({ where: { id, organizationId, environment, deletedAt: null } })
  if (!apiClient) throw new AppError('not_found')
  requireLinkable(apiClient)
  return { organizationId, apiClientId: id, connectionId: null, propertyId: propertyId ?? null }
}

/** How far a link is that the key may see. @throws AppError `not_found` */
export async function getMachineLink(caller: MachineCaller, id: string): Promise<MachineLink> {
  const row = await db().link.findFirst({ where: { id, ...visibleLinks(caller) } })
  if (!row) throw new AppError('not_found')
  return toMachineLink(row, getRuntime().clock())
}

/** Its organization's, of its environment; with a property list those of its connections and properties. */
function visibleLinks(caller: MachineCaller): Prisma.LinkWhereInput {
  const { organizationId, environment, properties } = caller
  const own = properties ? [...properties] : null
  return {
    organizationId,
    apiClient: { environment },
    ...(own ? { OR: [{ connection: visibleTo(caller) }, { connectionId: null, propertyId: { in: own } }] } : {}),
  }
}

function toMachineLink(row: Link, now: Date): MachineLink {
  const { id, kind, failure, connectionId, propertyId, ticket } = row
  return {
    id, kind, failure, connectionId, propertyId, ticket,
    state: linkStateOf(row, now),
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    openedAt: row.openedAt?.toISOString() ?? null,
    verifiedAt: row.verifiedAt?.toISOString() ?? null,
  }
}
