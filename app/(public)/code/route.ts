import { showCodePage, takeCode } from '@/server/visits/handle-phone-code'

/** Where a receptionist types the code that an agent reads aloud. */
export async function GET(request: Request): Promise<Response> {
  return showCodePage(request)
}

export async function POST(request: Request): Promise<Response> {
  return takeCode(request)
}
