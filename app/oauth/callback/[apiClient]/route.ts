import { handleCallback } from '@/server/authorizations/handle-callback'

/** Octorate sends the browser here with a code and our state: one path per API client. */
export async function GET(request: Request, route: { params: Promise<{ apiClient: string }> }): Promise<Response> {
  return handleCallback(request, (await route.params).apiClient)
}
