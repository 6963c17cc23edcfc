import { leadToProperty } from '@/server/connections/lead-to-property'

/** The stable address of a property, for a support desk's own tool. */
export async function GET(_request: Request, route: { params: Promise<{ propertyId: string }> }): Promise<Response> {
  return leadToProperty((await route.params).propertyId)
}
