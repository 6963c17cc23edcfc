import type { Env } from '../env'
import type { Upstream } from '../upstreams'
import type { RunningSandbox } from './start-sandbox'

type Sandbox = Pick<RunningSandbox, 'backOfficeUrl' | 'apiUrl'>

/** Everything that may be called, the sandbox first where there is one. */
export function configuredUpstreams(env: Pick<Env, 'KEYRACK_UPSTREAMS'>, sandbox: Sandbox | null): Upstream[] {
  const own: Upstream[] = sandbox
    ? [{ id: 'sandbox', label: 'Sandbox on this machine', backOfficeBase: sandbox.backOfficeUrl, apiBase: sandbox.apiUrl, sandbox: true }]
    : []
  return [...own, ...env.KEYRACK_UPSTREAMS]
}

/** The sandbox that the console on this machine has started, or will; null where it is switched off. */
export function sandboxBeside(env: Pick<Env, 'KEYRACK_SANDBOX' | 'KEYRACK_SANDBOX_PORT'>): Sandbox | null {
  if (env.KEYRACK_SANDBOX === 'off') return null
  const backOfficeUrl = `http://127.0.0.1:${env.KEYRACK_SANDBOX_PORT}`
  return { backOfficeUrl, apiUrl: `${backOfficeUrl}/connect` }
}
