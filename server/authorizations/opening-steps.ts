import type { ExchangeStep } from '@/contracts/authorizations'
import { StepRecorder } from './steps'

interface Opening {
  readonly startedAt: Date
  /** When the browser came back. */
  readonly arrivedAt: Date
  readonly now: Date
  /** False when the hotelier refused: then nothing is exchanged. */
  readonly hasCode: boolean
}

/** The steps at the moment when a state is consumed, so that whoever looks at the flow sees the minute run. */
export function openingSteps({ startedAt, arrivedAt, now, hasCode }: Opening): ExchangeStep[] {
  const recorder = new StepRecorder()
  recorder.begin('authorize', startedAt).end('done', arrivedAt.getTime() - startedAt.getTime())
  const callback = recorder.begin('callback', arrivedAt)
  if (hasCode) {
    callback.end('done', now.getTime() - arrivedAt.getTime())
    recorder.begin('exchange', now)
  }
  return recorder.steps
}
