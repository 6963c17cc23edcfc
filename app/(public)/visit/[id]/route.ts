import { leaveByVisit, showVisit } from '@/server/visits/handle-link'

type Route = { params: Promise<{ id: string }> }

/** Where a hotelier comes back to, in the browser that opened the link. */
export async function GET(request: Request, route: Route): Promise<Response> {
  return showVisit(request, (await route.params).id)
}

export async function POST(request: Request, route: Route): Promise<Response> {
  return leaveByVisit(request, (await route.params).id)
}
