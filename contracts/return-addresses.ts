import { checkRedirectUri } from '@/lib/oauth/redirect-uri-rules'
import { defineRead, defineWrite } from './define-endpoint'
import { z } from './zod'

const idParams = z.strictObject({ id: z.uuid() })

export const returnAddressSchema = z.object({ id: z.uuid(), uri: z.string(), createdAt: z.iso.datetime() })
export type ReturnAddressDto = z.infer<typeof returnAddressSchema>

const listSchema = z.object({ items: z.array(returnAddressSchema) })

/** Where links of an API client may lead back to. */
export const listReturnAddresses = defineRead({
  path: '/api/api-clients/:id/return-addresses',
  params: idParams,
  output: listSchema,
  permission: 'links:send',
})

export const addReturnAddress = defineWrite({
  method: 'POST',
  path: '/api/api-clients/:id/return-addresses',
  params: idParams,
  body: z.strictObject({
    uri: z.string().max(2_000).refine((uri) => !checkRedirectUri(uri, { allowLoopbackHttp: false }).some(({ level }) => level === 'error')),
  }),
  output: listSchema,
  permission: 'api-clients:write',
  audit: 'return_address.added',
})

export const removeReturnAddress = defineWrite({
  method: 'DELETE',
  path: '/api/api-clients/:id/return-addresses/:addressId',
  params: z.strictObject({ id: z.uuid(), addressId: z.uuid() }),
  output: listSchema,
  permission: 'api-clients:write',
  audit: 'return_address.removed',
})
