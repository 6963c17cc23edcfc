import { leaveByLink, showLink } from '@/server/visits/handle-link'

type Route = { params: Promise<{ token: string }> }

/** What a hotelier opens from a mail or a QR code. */
export async function GET(request: Request, route: Route): Promise<Response> {
  return showLink(request, (await route.params).token)
}

export async function POST(request: Request, route: Route): Promise<Response> {
  return leaveByLink(request, (await route.params).token)
}
