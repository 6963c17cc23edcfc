import { changeApiClient, deleteApiClient, getApiClient } from '@/contracts/api-clients'
import { changeApiClient as change } from '@/server/api-clients/change-api-client'
import { deleteApiClient as erase } from '@/server/api-clients/delete-api-client'
import { getApiClient as get } from '@/server/api-clients/get-api-client'
import { defineHandler } from '@/server/http/define-handler'

export const GET = defineHandler(getApiClient, ({ params, actor }) => get(actor.viewer, params.id))

export const PATCH = defineHandler(changeApiClient, ({ params, body, actor }) => change(actor, params.id, body))

export const DELETE = defineHandler(deleteApiClient, ({ params, actor }) => erase(actor, params.id))
