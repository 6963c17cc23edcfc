import 'server-only'
import type { AccessTokenAnswer } from '@/contracts/machine-api'
import { secondsLeft } from '@/lib/token-life'
import { findConnectionByProperty } from '../connections/find-by-property'
import { AppError } from '../http/app-error'
import type { MachineActor } from '../http/machine-actor'
import { getRuntime } from '../runtime'
import { findToken } from './find-token'
import { recordHandOut } from './ledger'
import { recordDenial } from './record-denial'

/** A connection by our id, or the one that covers a property by Octorate's. */
export type Asked = { readonly connectionId: string } | { readonly propertyId: string }

/**
 * Hands out a living access token, written down before anybody has it.
 *
 * @param minTtl seconds of life that it should have left
 * @throws AppError as `findToken`, `property_ambiguous` with the ids, and `database_unavailable` when it cannot be
 * written down.
 */
export async function handOutToken(actor: MachineActor, asked: Asked, minTtl: number): Promise<AccessTokenAnswer> {
  try {
    const connectionId = 'connectionId' in asked ? asked.connectionId : await findConnectionByProperty(actor.caller, asked.propertyId)
    const found = await findToken(actor.caller, connectionId, minTtl)
    await recordHandOut({ actor, connectionId, at: getRuntime().clock() })
    const expiresIn = secondsLeft(found, getRuntime().clock().getTime())
    // Writing it down may have taken the rest of its life.
    if (expiresIn < 1) throw new AppError('temporarily_unavailable', { retryAfterSeconds: 1 })
    return {
      connectionId,
      accessToken: found.token.reveal(),
      issuedAt: new Date(found.issuedAtMs).toISOString(),
      expiresAt: new Date(found.expiresAtMs).toISOString(),
      expiresIn,
      fingerprint: found.fingerprint,
    }
  } catch (error) {
    await recordDenial(actor, { action: 'access_token.denied', target: targetOf(asked) }, error)
    throw error
  }
}

function targetOf(asked: Asked) {
  return 'connectionId' in asked ? ({ kind: 'connection', id: asked.connectionId } as const) : ({ kind: 'property', id: asked.propertyId } as const)
}
