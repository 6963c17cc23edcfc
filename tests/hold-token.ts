import { readSealedTokenRow, type TokenRowKey } from '@/server/connections/token-rows'
import { openToken, type HeldToken } from '@/server/hand-outs/held-token'

/** A connection's token as this process would hold it. */
export async function holdToken(key: Omit<TokenRowKey, 'environment'>): Promise<HeldToken> {
  const whole = { ...key, environment: 'SANDBOX' } as const
  const row = await readSealedTokenRow(whole)
  const held = row && openToken(whole, row)
  if (!held) throw new Error('there is no token to hold')
  return held
}
