import type { AccessTokenAnswer } from '@/contracts/machine-api'
import type { ConsoleProcess } from './console-process'

/** What a back end got that asked for an access token. */
export type HandOut =
  | { readonly status: 200; readonly token: AccessTokenAnswer; readonly ms: number }
  | { readonly status: number; readonly code: string; readonly retryAfterSeconds: number | null; readonly ms: number }

/** Status 0 stands for no answer at all. */
export async function askForToken(console: ConsoleProcess, machineKey: string, connectionId: string): Promise<HandOut> {
  const startedAt = performance.now()
  const since = () => Math.round(performance.now() - startedAt)
  try {
    const response = await fetch(`${console.url}/api/v1/connections/${connectionId}/access-token`, {
      headers: { authorization: `Bearer ${machineKey}` },
    })
    const body: unknown = await response.json()
    if (response.status === 200) return { status: 200, token: body as AccessTokenAnswer, ms: since() }
    const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN)
    const { code } = body as { code?: string }
    return { status: response.status, code: code ?? 'none', retryAfterSeconds: Number.isNaN(retryAfter) ? null : retryAfter, ms: since() }
  } catch {
    return { status: 0, code: 'no_answer', retryAfterSeconds: null, ms: since() }
  }
}

export async function reportRejected(console: ConsoleProcess, machineKey: string, token: AccessTokenAnswer): Promise<string> {
  const response = await fetch(`${console.url}/api/v1/connections/${token.connectionId}/access-token/rejected`, {
    method: 'POST',
    headers: { authorization: `Bearer ${machineKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ fingerprint: token.fingerprint, status: 403, type: 'ApiLoginExpired' }),
  })
  const { outcome, code } = (await response.json()) as { outcome?: string; code?: string }
  return outcome ?? code ?? String(response.status)
}
