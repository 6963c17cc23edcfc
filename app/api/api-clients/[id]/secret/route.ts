import { getSecretDependents, rotateClientSecret } from '@/contracts/api-clients'
import { getSecretDependents as dependents } from '@/server/api-clients/get-secret-dependents'
import { rotateClientSecret as rotate } from '@/server/api-clients/rotate-client-secret'
import { defineHandler } from '@/server/http/define-handler'

export const GET = defineHandler(getSecretDependents, ({ params, actor }) => dependents(actor.viewer, params.id))

export const POST = defineHandler(rotateClientSecret, ({ params, body, actor }) => rotate(actor, params.id, body))
