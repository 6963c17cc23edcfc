import { getViewer } from '@/contracts/organizations'
import { defineHandler } from '@/server/http/define-handler'

export const GET = defineHandler(getViewer, async ({ actor: { viewer } }) => ({
  id: viewer.userId,
  organizationId: viewer.organizationId,
  role: viewer.role,
  mustEnrol: viewer.mustEnrol,
}))
