import 'server-only'
import type { OrganizationDetail } from '@/contracts/organizations'
import { recordAudit } from '../audit/record-audit'
import { transaction } from '../database/transaction'
import type { Actor } from '../http/define-handler'
import { getRuntime } from '../runtime'
import { registerSandboxClient } from '../sandbox-client/register-sandbox-client'
import { getOrganization } from './get-organization'

/** Makes a further organization, with who asks as its owner. */
export async function createOrganization({ viewer, context }: Actor, name: string): Promise<OrganizationDetail> {
  const { userId } = viewer
  const now = getRuntime().clock()
  const organizationId = await transaction(async (tx) => {
    const { id } = await tx.organization.create({ data: { name, createdAt: now } })
    await tx.membership.create({ data: { organizationId: id, userId, role: 'owner', createdAt: now } })
    await recordAudit(tx, {
      action: 'organization.created',
      outcome: 'success',
      organizationId: id,
      actor: { kind: 'user', id: userId },
      target: { kind: 'organization', id },
      detail: { name },
      context,
      at: now,
    })
    return id
  })
  await registerSandboxClient(organizationId)
  return getOrganization({ organizationId })
}
