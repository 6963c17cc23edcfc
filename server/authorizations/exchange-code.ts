import 'server-only'
import { openGateway } from '../api-clients/open-gateway'
import { authorizationCode } from '../crypto/tokens'
import type { JournalEntry } from '../journal/journal-entry'
import { db } from '../db'
import { noteLinkStep } from '../links/note-link-step'
import { inFlight } from '../journal/in-flight'
import { recordAnswer } from '../journal/record-answer'
import { sendCodeExchange } from '../octorate/code-exchange'
import { UpstreamUnreachable } from '../octorate/errors/upstream-unreachable'
import type { RawAnswer } from '../octorate/raw-answer'
import { recordExchanges } from '../octorate/record-exchanges'
import type { Transport } from '../octorate/transport'
import { getRuntime } from '../runtime'
import { isStopping } from '../stopping'
import type { ConsumedAuthorization } from './consume-state'
import type { StepRecorder } from './steps'

/** Attempts of 8 s each; a second one begins only while all of it stays within 20 s, and never while this process stops. */
const SECOND_ATTEMPT_WITHIN_MS = 12_000

/**
 * Sends the code at once and commits the raw answer before anybody reads it. After a failure without a definite
 * answer the code is sent once more, inside its minute; never after an answer, and never at all when `once` is said.
 *
 * @throws UpstreamUnreachable, UpstreamNonconformance
 */
export async function exchangeCode(
  authorization: ConsumedAuthorization,
  code: string,
  { recorder, at, once = false }: { recorder: StepRecorder; at: Date; once?: boolean },
): Promise<JournalEntry> {
  const step = recorder.begin('exchange', at)
  try {
    const gateway = openGateway(authorization.apiClient)
    const transport = recordExchanges(gateway.transport, { clock: getRuntime().clock, onExchange: step.record })
    return await inFlight(async () => {
      const send = (way: Transport) =>
        sendCodeExchange(way, {
          url: gateway.urls.token,
          redirectUri: authorization.redirectUri,
          code: authorizationCode(code),
          ...gateway.credentials,
        })
      const answer = await (once ? send(transport) : sendTwiceAtMost(transport, send))
      const entry = await recordAnswer(
        {
          organizationId: authorization.organizationId,
          apiClientId: authorization.apiClientId,
          origin: 'code',
          authorizationId: authorization.id,
          connectionId: null,
          sentVersion: null,
        },
        answer,
      )
      step.end(answer.status === 200 ? 'done' : 'failed')
      if (answer.status === 200) await noteLinkStep(db(), authorization.linkId, { state: 'exchanged', at: answer.receivedAt }).catch(() => undefined)
      return entry
    })
  } catch (error) {
    step.end('failed')
    throw error
  }
}

async function sendTwiceAtMost(transport: Transport, send: (transport: Transport) => Promise<RawAnswer>): Promise<RawAnswer> {
  const began = performance.now()
  try {
    const answer = await send(transport)
    if (answer.status < 500 || !mayBeginAnother(began)) return answer
  } catch (error) {
    if (!(error instanceof UpstreamUnreachable) || !mayBeginAnother(began)) throw error
  }
  return send(transport)
}

function mayBeginAnother(began: number): boolean {
  return !isStopping() && performance.now() - began <= SECOND_ATTEMPT_WITHIN_MS
}
