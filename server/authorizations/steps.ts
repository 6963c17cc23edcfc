import type { ExchangeStep } from '@/contracts/authorizations'
import type { MaskedExchange } from '../octorate/mask-exchange'

type Name = ExchangeStep['name']

/** Keeps the four boxes of the exchange strip while a flow runs: when each began, how long it took, what went to and fro. */
export class StepRecorder {
  readonly #steps: ExchangeStep[]

  constructor(steps: readonly ExchangeStep[] = []) {
    this.#steps = [...steps]
  }

  /** Opens a step and returns where its exchanges go and how it ends. */
  begin(name: Name, startedAt: Date) {
    const began = performance.now()
    const exchanges: ExchangeStep['exchanges'] = []
    return {
      record: (exchange: MaskedExchange) => void exchanges.push(toContract(exchange)),
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

function toContract(exchange: MaskedExchange): ExchangeStep['exchanges'][number] {
  const byName = (values: MaskedExchange['requestHeaders']) => Object.fromEntries(values.map(({ name, value }) => [name, value]))
  return {
    method: exchange.method,
    url: exchange.url,
    requestHeaders: byName(exchange.requestHeaders),
    requestForm: exchange.requestForm.length > 0 ? byName(exchange.requestForm) : null,
    status: exchange.status,
    responseHeaders: byName(exchange.responseHeaders),
    responseBody: exchange.responseBody,
    startedAt: exchange.startedAt.toISOString(),
    durationMs: exchange.durationMs,
  }
}
