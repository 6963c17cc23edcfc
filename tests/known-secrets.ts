import type { Sandbox } from '@/sandbox/create-sandbox'
import type { Flow } from './consent-flow'

/** Every code, token and client secret that the sandbox has ever seen or given out. */
export function secretsOf(sandbox: Sandbox): string[] {
  const facts = sandbox.truthLog()
  const found = facts.flatMap((fact) => {
    const { code, accessToken, refreshToken, clientSecret } = fact as Partial<Record<string, unknown>>
    const rotated = 'rotatedTo' in fact ? fact.rotatedTo?.refreshToken : undefined
    const added = 'apiClient' in fact ? fact.apiClient.clientSecret : undefined
    return [code, accessToken, refreshToken, clientSecret, rotated, added]
  })
  return [...new Set(found.filter((value) => typeof value === 'string'))]
}

/** What binds a flow to its browser and to us. */
export function secretsOfFlow({ state, started }: Pick<Flow, 'state' | 'started'>): string[] {
  return [state, started.browserToken]
}
