import { alertRound } from '@/server/alerts/watch'
import { startAuditStream } from '@/server/audit/start-stream'
import { parseCallbackQuery } from '@/lib/oauth/callback-query'
import type { MachineScope } from '@/contracts/machine-scopes'
import { completeAuthorization } from '@/server/authorizations/complete-authorization'
import { relayCode, type RelayedCode } from '@/server/authorizations/relay-code'
import { db, makePool } from '@/server/db'
import type { Actor } from '@/server/http/define-handler'
import type { RequestContext } from '@/server/http/request-context'
import { runImport } from '@/server/imports/run-import'
import { startJobs } from '@/server/jobs/start-jobs'
import { settleRound } from '@/server/journal/settler'
import { makeLogger, standardOutput } from '@/server/log'
import type { MachineCaller } from '@/server/machine-keys/machine-caller'
import { setRuntime } from '@/server/runtime'
import { makeRuntime, type SharedFacts } from './make-runtime'
import { refreshOnce } from './refresh-once'
import { TestClock } from './test-clock'

/** A machine's call without sets, which no message between processes carries. */
export interface PlainMachineActor {
  readonly caller: Omit<MachineCaller, 'scopes' | 'properties'> & { readonly scopes: readonly MachineScope[] }
  readonly context: RequestContext
}

/** What a test may ask a process of its own to do; the clock travels with each wish. */
export type Wish =
  | { readonly do: 'warm-up' }
  | { readonly do: 'settle' }
  | { readonly do: 'alerts' }
  | { readonly do: 'stream-audit' }
  | { readonly do: 'import'; readonly importId: string }
  | { readonly do: 'jobs'; readonly ownerUrl: string }
  | { readonly do: 'relay'; readonly actor: PlainMachineActor; readonly code: RelayedCode }
  | { readonly do: 'refresh'; readonly subjects: readonly { readonly id: string; readonly organizationId: string }[] }
  | { readonly do: 'complete'; readonly actor: Actor; readonly address: string; readonly apiClientId: string; readonly browserToken: string }

export type Request = { readonly number: number; readonly at: number; readonly wish: Wish }
export type Reply = { readonly number: number; readonly outcomes: readonly string[] }

const clock = new TestClock()
const facts = JSON.parse(process.argv[2] ?? '') as SharedFacts & { readonly databaseUrl: string }
const log = makeLogger('silent')
const pool = makePool(facts.databaseUrl, 4, log)
// A busy machine is no database that is away.
pool.options.connectionTimeoutMillis = 20_000
setRuntime(makeRuntime(facts, { pool, log, clock }))

process.on('message', (request: Request) => {
  clock.at = request.at
  void fulfil(request.wish)
    .catch((error: unknown) => [`thrown: ${error instanceof Error ? error.message : 'unknown'}`])
    .then((outcomes) => process.send?.({ number: request.number, outcomes } satisfies Reply))
})
process.on('disconnect', () => process.exit(0))

async function fulfil(wish: Wish): Promise<string[]> {
  switch (wish.do) {
    case 'warm-up':
      await db().organization.count()
      return ['ready']
    case 'settle':
      await settleRound()
      return ['settled']
    case 'alerts':
      await alertRound()
      return ['looked']
    case 'stream-audit':
      startAuditStream(standardOutput())
      return ['streaming']
    case 'import':
      await runImport(wish.importId, new AbortController().signal)
      return ['done']
    case 'jobs':
      await startJobs(wish.ownerUrl)
      return ['running']
    case 'relay': {
      const { caller, context } = wish.actor
      return [await relayCode({ caller: { ...caller, scopes: new Set(caller.scopes), properties: null }, context }, wish.code)]
    }
    case 'refresh':
      return Promise.all(
        wish.subjects.map(async (subject) => {
          const result = await refreshOnce(subject)
          return result.outcome === 'failed' ? result.error.code : result.outcome
        }),
      )
    case 'complete': {
      const completed = await completeAuthorization(wish.actor, {
        query: parseCallbackQuery(new URL(wish.address).search),
        expected: { apiClientId: wish.apiClientId },
        browserToken: () => wish.browserToken,
        arrivedAt: clock.date,
      })
      return [completed.outcome === 'failed' ? completed.error.code : completed.outcome]
    }
  }
}
