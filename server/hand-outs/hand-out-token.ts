import 'server-only'
import type { AccessTokenAnswer } from '@/contracts/machine-api'
import { loggableId } from '@/lib/loggable-id'
import { secondsLeft } from '@/lib/token-life'
import { findConnectionByProperty } from '../connections/find-by-property'
import { AppError } from '../http/app-error'
import type { MachineActor } from '../http/machine-actor'
import { getRuntime } from '../runtime'
import { inSpan } from '../tracing/in-span'
import type { OpenSpan } from '../tracing/tracing'
import { findToken, type TokenWish } from './find-token'
import { handOutKnown } from './hand-out-known'
import type { HeldToken } from './held-token'
import type { HandOutEntry } from './hand-out-entry'
import { recordHandOut } from './ledger'
import { recordDenial } from './record-denial'

/** The row may change between its reading and its writing down: then it is read again. */
const MOST_TRIES = 3

/** A connection by our id, or the one that covers a property by Octorate's. */
export type Asked = { readonly connectionId: string } | { readonly propertyId: string }

/**
 * Hands out a living access token, written down before anybody has it.
 *
 * @throws AppError as `findToken`, `property_ambiguous` with the ids, and `database_unavailable` when it cannot be
 * written down.
 */
export function handOutToken(actor: MachineActor, asked: Asked, wish: TokenWish): Promise<AccessTokenAnswer> {
  return inSpan({ name: 'hand out' }, (span) => handOut(actor, asked, { ...wish, span }))
}

async function handOut(actor: MachineActor, asked: Asked, { span, ...wish }: TokenWish & { readonly span: OpenSpan }): Promise<AccessTokenAnswer> {
  try {
    const connectionId = 'connectionId' in asked ? asked.connectionId : await findConnectionByProperty(actor.caller, asked.propertyId)
    const entry = { actor, connectionId, at: getRuntime().clock() }
    const found = (await handOutKnown(entry, wish)) ?? (await handOutRead(entry, wish))
    span.set('keyrack.connection_id', connectionId)
    const expiresIn = secondsLeft(found, getRuntime().clock().getTime())
    // Writing it down may have taken the rest of its life.
    if (expiresIn < 1) throw new AppError('temporarily_unavailable', { retryAfterSeconds: 1 })
    return {
      connectionId,
      accessToken: found.token.reveal(),
      issuedAt: found.issuedAt,
      expiresAt: found.expiresAt,
      expiresIn,
      fingerprint: found.fingerprint,
    }
  } catch (error) {
    await recordDenial(actor, { action: 'access_token.denied', target: targetOf(asked) }, error)
    throw error
  }
}

/** From the row, perhaps after a refresh; written down only as long as the row is still that. */
async function handOutRead({ actor, connectionId }: HandOutEntry, wish: TokenWish): Promise<HeldToken> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const found = await findToken(actor.caller, connectionId, wish)
    if (await recordHandOut({ actor, connectionId, at: getRuntime().clock() }, found)) return found
  }
  throw new AppError('temporarily_unavailable', { retryAfterSeconds: 1 })
}

function targetOf(asked: Asked) {
  return 'connectionId' in asked ? ({ kind: 'connection', id: asked.connectionId } as const) : ({ kind: 'property', id: loggableId(asked.propertyId) } as const)
}
