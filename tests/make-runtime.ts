import { randomUUID } from 'node:crypto'
import type { Pool } from 'pg'
import type { Logger } from 'pino'
import { parseKeys } from '@/server/crypto/parse-keys'
import { readEnv } from '@/server/env'
import type { Runtime } from '@/server/runtime'
import type { Upstream } from '@/server/upstreams'
import type { TestClock } from './test-clock'

/** What all processes of one test have in common; plain data, but for the sandbox's own object. */
export interface SharedFacts {
  readonly sandbox: { readonly apiUrl: string; readonly backOfficeUrl: string }
  /** The same sandbox, through the gate. */
  readonly gateUrl: string
  readonly keyText: string
  readonly spoolFolder: string
}

const PUBLIC_URL = 'http://localhost:3000'

/** The runtime of one process of the console, as its start would make it. */
export function makeRuntime(
  { sandbox, gateUrl, keyText, spoolFolder }: SharedFacts,
  { pool, log, clock }: { pool: Pool; log: Logger; clock: TestClock },
): Runtime {
  return {
    // No pace but where a test is about it.
    env: readEnv({ KEYRACK_REFRESH_RATE: '0' }),
    publicUrl: PUBLIC_URL,
    upstreams: upstreamsOf(sandbox, gateUrl),
    pool,
    keys: parseKeys(keyText),
    log,
    clock: () => clock.date,
    sandboxClient: null,
    spoolFolder,
    mailFolder: `${spoolFolder}.mail`,
    processId: randomUUID(),
    // Long ago, but where a test is about it: what a dead process left is taken over at once.
    startedAt: -Infinity,
    singletons: new Map(),
  }
}

/** The sandbox as it stands beside the console, through the gate, and as if it were an Octorate of its own. */
function upstreamsOf({ backOfficeUrl: backOfficeBase, apiUrl: apiBase }: SharedFacts['sandbox'], gateUrl: string): Upstream[] {
  return [
    { id: 'sandbox', label: 'Sandbox', backOfficeBase, apiBase, sandbox: true },
    { id: 'gated', label: 'Sandbox behind the gate', backOfficeBase, apiBase: `${gateUrl}/connect`, sandbox: true },
    { id: 'not-the-sandbox', label: 'Not the sandbox', backOfficeBase, apiBase, sandbox: false },
  ]
}
