import { headers } from 'next/headers'
import { getClientAddress } from '@/contracts/client-addresses'
import { getClientAddress as get } from '@/server/client-addresses/get-client-address'
import { defineHandler } from '@/server/http/define-handler'

export const GET = defineHandler(getClientAddress, async () => get(await headers()))
