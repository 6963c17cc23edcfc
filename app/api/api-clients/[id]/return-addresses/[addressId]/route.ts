import { removeReturnAddress } from '@/contracts/return-addresses'
import { defineHandler } from '@/server/http/define-handler'
import { removeReturnAddress as remove } from '@/server/return-addresses/change-return-addresses'

export const DELETE = defineHandler(removeReturnAddress, ({ actor, params }) => remove(actor, params.id, params.addressId))
