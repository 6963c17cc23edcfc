import 'server-only'
import { db } from '../db'
import type { ApiClient } from '../generated/prisma/client'

/** Whether a freeze stands over an API client itself or its organization: then its admin token is not handed out either. */
export async function isApiClientFrozen({ id, organizationId, environment }: Pick<ApiClient, 'id' | 'organizationId' | 'environment'>): Promise<boolean> {
  const holding = await db().freeze.count({
    where: {
      liftedAt: null, targetId: { in: [id, organizationId] },
      ...(environment === 'SANDBOX' ? {} : { onlySandbox: false }),
    },
  })
  return holding > 0
}
