import type { AccessToken } from './access-token'
import type { Clock } from './clock'
import type { Refusal } from './fetch-with-token'
import type { MachineApi } from './machine-api'
import { notKeyrack } from './to-error'
import type { TokenKeeper } from './token-keeper'
import type { RejectionOutcome } from './wire'

const OUTCOMES: readonly RejectionOutcome[] = ['refreshed', 'refresh_refused', 'not_current', 'not_about_the_token', 'temporarily_unavailable']

/** A report that led to no new token is not repeated before; Keyrack itself tries again by then. */
const SILENT_MS = 30_000

interface Parts {
  readonly api: MachineApi
  readonly keeper: TokenKeeper
  readonly clock: Clock
}

/** Reports of refused tokens: one call for each token, however many callers met the refusal. */
export class Reports {
  readonly #api: MachineApi
  readonly #keeper: TokenKeeper
  readonly #clock: Clock
  readonly #flights = new Map<string, Promise<RejectionOutcome>>()

  constructor({ api, keeper, clock }: Parts) {
    this.#api = api
    this.#keeper = keeper
    this.#clock = clock
  }

  /** @throws KeyrackError; the token then stays where it is kept */
  send(token: AccessToken, refusal: Refusal): Promise<RejectionOutcome> {
    const name = `${token.fingerprint} ${refusal.status} ${refusal.type ?? ''}`
    const underWay = this.#flights.get(name)
    if (underWay) return underWay
    const flight = this.#report(token, refusal)
    this.#flights.set(name, flight)
    const forget = () => void this.#flights.delete(name)
    flight.then((outcome) => (isFruitful(outcome) ? forget() : void this.#clock.later(SILENT_MS, forget)), forget)
    return flight
  }

  async #report(token: AccessToken, { status, type = null }: Refusal): Promise<RejectionOutcome> {
    const { body } = await this.#api.call({
      method: 'POST',
      path: `/connections/${encodeURIComponent(token.connectionId)}/access-token/rejected`,
      json: { fingerprint: token.fingerprint, status, type },
      // Who reports is in the middle of a call of its own.
      retries: false,
    })
    const outcome = OUTCOMES.find((each) => typeof body === 'object' && body !== null && 'outcome' in body && body.outcome === each)
    if (!outcome) throw notKeyrack(200)
    if (outcome !== 'not_about_the_token' && outcome !== 'temporarily_unavailable') {
      this.#keeper.forget(({ fingerprint }) => fingerprint === token.fingerprint)
    }
    return outcome
  }
}

/** There is another token now. */
function isFruitful(outcome: RejectionOutcome): boolean {
  return outcome === 'refreshed' || outcome === 'not_current'
}
