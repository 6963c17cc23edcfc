import 'server-only'
import type { ErrorCode } from '@/contracts/errors'
import { recordAudit } from '../audit/record-audit'
import { transaction } from '../database/transaction'
import type { Authorization } from '../generated/prisma/client'
import type { RequestContext } from '../http/request-context'
import { getRuntime } from '../runtime'
import { noteLinkFailure } from '../links/note-link-step'
import { actorOf } from './actor-of'
import type { StepRecorder } from './steps'

interface Failure {
  readonly code: ErrorCode
  readonly recorder: StepRecorder
  readonly context: RequestContext
  /** True while the answer waits in the journal and is tried again: the flow is not over. */
  readonly willRetry: boolean
}

/** Writes down why a flow did not end in a connection, for the page that explains it. */
export async function failAuthorization(authorization: Authorization, failure: Failure): Promise<void> {
  const now = getRuntime().clock()
  await transaction(async (tx) => {
    await tx.authorization.updateMany({
      where: { id: authorization.id, connectionId: null },
      data: { failure: failure.code, requestId: failure.context.requestId, steps: failure.recorder.steps, finishedAt: failure.willRetry ? null : now },
    })
    if (!failure.willRetry) await noteLinkFailure(tx, authorization.linkId, { code: failure.code, at: now })
    await recordAudit(tx, {
      action: 'authorization.refused',
      outcome: 'failure',
      organizationId: authorization.organizationId,
      actor: actorOf(authorization),
      target: { kind: 'authorization', id: authorization.id },
      detail: { failure: failure.code, willRetry: failure.willRetry },
      context: failure.context,
      at: now,
    })
  })
}
