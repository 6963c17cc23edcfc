import 'server-only'
import type { z } from 'zod'
import type { getAccessTokens } from '@/contracts/machine-api'
import { describeRefusal } from '../http/problem'
import type { MachineActor } from '../http/machine-actor'
import type { TokenWish } from './find-token'
import { handOutToken, type Asked } from './hand-out-token'

type Wish = z.output<typeof getAccessTokens.body>
type Item = z.input<typeof getAccessTokens.output>['items'][number]

/**
 * Hands out many tokens in one call, in the order of the question: connections first, then properties. One that is
 * refused stops no other, and says why as its own call would.
 */
export async function handOutMany(actor: MachineActor, { connections, properties, minTtl }: Wish): Promise<{ items: Item[] }> {
  const asked: Asked[] = [
    ...unique(connections).map((connectionId) => ({ connectionId })),
    ...unique(properties).map((propertyId) => ({ propertyId })),
  ]
  return { items: await Promise.all(asked.map((each) => handOutOne(actor, each, { minTtl }))) }
}

async function handOutOne(actor: MachineActor, asked: Asked, wish: TokenWish): Promise<Item> {
  try {
    const token = await handOutToken(actor, asked, wish)
    return { ...asked, connectionId: token.connectionId, token, refusal: null }
  } catch (error) {
    return { ...asked, token: null, refusal: describeRefusal(error, actor.context.requestId) }
  }
}

function unique(ids: readonly string[]): string[] {
  return [...new Set(ids)]
}
