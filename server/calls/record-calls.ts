import 'server-only'
import type { CallAct } from '@/contracts/calls'
import type { Exchange } from '@/contracts/exchange'
import type { Who } from '../admin-tokens/hold-admin-token'
import { openGateway } from '../api-clients/open-gateway'
import type { Gateway } from '../octorate/gateway-to'
import { db } from '../db'
import type { ApiClient } from '../generated/prisma/client'
import { toAppError } from '../http/to-app-error'
import { log } from '../log'
import { toShownExchange } from '../octorate/to-shown-exchange'
import { getRuntime } from '../runtime'

const KEPT_OF_EACH = 20

/**
 * Does `work` at Octorate as an API client and keeps what went to and fro, masked, also when it fails: a refusal is what
 * a person wants to see most.
 *
 * @throws whatever `work` throws.
 */
export async function recordCalls<T>(
  apiClient: ApiClient,
  { act, ...who }: Who & { readonly act: CallAct },
  work: (gateway: Gateway, who: Who) => Promise<T>,
): Promise<T> {
  const exchanges: Exchange[] = []
  const watched: Who = { ...who, watch: (exchange) => void exchanges.push(toShownExchange(exchange)) }
  const keep = (failure: string | null) => keepCalls(apiClient, { act, failure, exchanges, requestId: who.context?.requestId ?? null })
  try {
    const result = await work(openGateway(apiClient, watched.watch), watched)
    await keep(null)
    return result
  } catch (error) {
    await keep(toAppError(error).code)
    throw error
  }
}

interface Kept {
  readonly act: CallAct
  readonly failure: string | null
  readonly exchanges: readonly Exchange[]
  readonly requestId: string | null
}

/** What happened at Octorate has happened: it is not undone because its record could not be kept. */
async function keepCalls({ id: apiClientId, organizationId }: ApiClient, kept: Kept): Promise<void> {
  if (kept.exchanges.length === 0) return
  const { act } = kept
  try {
    await db().recordedCalls.create({
      data: { ...kept, apiClientId, organizationId, at: getRuntime().clock(), exchanges: [...kept.exchanges] },
    })
    const older = await db().recordedCalls.findMany({
      where: { apiClientId, organizationId, act }, orderBy: [{ at: 'desc' }, { id: 'desc' }], skip: KEPT_OF_EACH, select: { id: true },
    })
    await db().recordedCalls.deleteMany({ where: { id: { in: older.map(({ id }) => id) } } })
  } catch (err) {
    log().warn({ err, apiClient: apiClientId }, 'the calls of an act could not be kept')
  }
}
