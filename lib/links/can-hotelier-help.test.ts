import { expect, it } from 'vitest'
import { CONNECTION_STATUSES } from '../connection-status'
import { canHotelierHelp } from './can-hotelier-help'

it('offers no link while a refresh fails, because quota, outage and our own secret are nothing that a customer can mend', () => {
  const offered = CONNECTION_STATUSES.filter((status) => canHotelierHelp({ status, isClientRefused: false }))
  expect(offered).toEqual(['healthy', 'expiring', 'reconnect_required', 'disconnected'])
})

it('offers no link for any status while Octorate refuses our client secret, because no exchange would succeed', () => {
  expect(CONNECTION_STATUSES.filter((status) => canHotelierHelp({ status, isClientRefused: true }))).toEqual([])
})
