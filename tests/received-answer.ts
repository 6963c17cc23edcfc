import { parseCallbackQuery } from '@/lib/oauth/callback-query'
import { consumeState } from '@/server/authorizations/consume-state'
import { exchangeCode } from '@/server/authorizations/exchange-code'
import { StepRecorder } from '@/server/authorizations/steps'
import type { JournalEntry } from '@/server/journal/journal-entry'
import { getRuntime } from '@/server/runtime'
import type { Flow } from './consent-flow'

/** As far as the process came that died: the state is consumed and the code was sent, but nobody read the answer. */
export async function receiveAnswer(flow: Flow, address: string): Promise<JournalEntry> {
  return sendCode(await consume(flow), address)
}

/** The state is consumed, and nothing was sent yet. */
export function consume(flow: Flow) {
  return consumeState({
    viewer: flow.actor.viewer,
    state: flow.state,
    expected: { apiClientId: flow.apiClient.id },
    browserToken: () => flow.started.browserToken,
    arrivedAt: getRuntime().clock(),
    hasCode: true,
  })
}

export function sendCode(authorization: Awaited<ReturnType<typeof consume>>, address: string): Promise<JournalEntry> {
  const query = parseCallbackQuery(new URL(address).search)
  if (query.kind !== 'code') throw new TypeError('this address holds no code')
  return exchangeCode(authorization, query.code, { recorder: new StepRecorder(), at: getRuntime().clock() })
}
