import 'server-only'
import type { z } from 'zod'
import type { changeOrganization as endpoint, OrganizationDetail } from '@/contracts/organizations'
import { recordAudit } from '../audit/record-audit'
import { transaction } from '../database/transaction'
import type { Actor } from '../http/define-handler'
import { requireOwner } from '../people/require-owner'
import { getRuntime } from '../runtime'
import { requireFreshProof } from '../sign-in/require-fresh-proof'
import { getOrganization } from './get-organization'

/** Renames an organization, or changes whether its members need a second factor. @throws what a fresh proof throws */
export async function changeOrganization(
  actor: Actor,
  { name, requiresTwoFactor, password }: z.output<typeof endpoint.body>,
): Promise<OrganizationDetail> {
  const { viewer, context } = actor
  const { organizationId: id } = viewer
  if (requiresTwoFactor !== undefined) await requireFreshProof(actor, password)
  await transaction(async (tx) => {
    await requireOwner(tx, viewer)
    const columns = { name: true, requiresTwoFactor: true } as const
    const before = await tx.organization.findUniqueOrThrow({ where: { id }, select: columns })
    const after = await tx.organization.update({
      where: { id },
      data: { ...(name === undefined ? {} : { name }), ...(requiresTwoFactor === undefined ? {} : { requiresTwoFactor }) },
      select: columns,
    })
    await recordAudit(tx, {
      action: 'organization.changed',
      outcome: 'success',
      organizationId: id,
      actor: { kind: 'user', id: viewer.userId },
      target: { kind: 'organization', id },
      change: { before, after },
      context,
      at: getRuntime().clock(),
    })
  })
  return getOrganization(viewer)
}
