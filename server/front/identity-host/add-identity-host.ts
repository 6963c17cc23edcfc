import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { MachineApp } from '../machine-api/machine-app'
import { sendAnswer } from '../machine-api/send-answer'
import { answerIdentity, toRefusal } from './answer-identity'
import { DialectError, type IdentityCall } from './dialect-error'

/** Where Octorate's identity service has them below its host (contract, "Hosts and paths"). */
const IDENTITY_BASE = '/connect/rest/v1/identity'
const CALLS: readonly IdentityCall[] = ['refresh', 'token']

/** Octorate's identity service as existing code knows it, so that only the host's name changes there. */
export function addIdentityHost(app: MachineApp): void {
  for (const call of CALLS) {
    app.post(`${IDENTITY_BASE}/${call}`, async ({ env }) => {
      await answerIdentity(call, { request: env.incoming, response: env.outgoing })
      return RESPONSE_ALREADY_SENT
    })
    app.all(`${IDENTITY_BASE}/${call}`, ({ env }) => refuse(env, new DialectError(405, { type: 'ApiParamsExemption', message: 'Expected POST' })))
  }
  app.all('/connect/*', ({ env }) => refuse(env, new DialectError(404, { type: 'ApiResourceMissing', message: 'There is nothing at this address' })))
}

function refuse({ outgoing }: HttpBindings, error: DialectError): Response {
  sendAnswer(outgoing, toRefusal(error))
  return RESPONSE_ALREADY_SENT
}
