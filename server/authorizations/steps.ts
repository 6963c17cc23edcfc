import type { ExchangeStep } from '@/contracts/authorizations'
import type { MaskedExchange } from '../octorate/mask-exchange'
import { toShownExchange } from '../octorate/to-shown-exchange'

type Name = ExchangeStep['name']

/**
 * Keeps the four boxes of the exchange strip while a flow runs: when each began, how long it took, what went to and fro.
 * A step that has begun is `pending` until it ends.
 */
export class StepRecorder {
  readonly #steps: ExchangeStep[]

  constructor(steps: readonly ExchangeStep[] = []) {
    this.#steps = [...steps]
  }

  /** Opens a step and returns where its exchanges go and how it ends. */
  begin(name: Name, startedAt: Date) {
    const began = performance.now()
    const exchanges: ExchangeStep['exchanges'] = []
    this.#put({ name, status: 'pending', startedAt: startedAt.toISOString(), durationMs: null, exchanges: [] })
    return {
      record: (exchange: MaskedExchange) => void exchanges.push(toShownExchange(exchange)),
      end: (status: 'done' | 'failed', durationMs = Math.round(performance.now() - began)) =>
        this.#put({ name, status, startedAt: startedAt.toISOString(), durationMs, exchanges }),
    }
  }

  get steps(): ExchangeStep[] {
    return this.#steps
  }

  #put(step: ExchangeStep): void {
    const index = this.#steps.findIndex((known) => known.name === step.name)
    if (index < 0) this.#steps.push(step)
    else this.#steps[index] = step
  }
}
