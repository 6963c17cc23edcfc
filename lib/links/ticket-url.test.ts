import { expect, it } from 'vitest'
import { isTicketUrl, ticketUrl } from './ticket-url'

it.each(['https://desk.example/tickets/{ticket}', 'https://desk.example/?t={ticket}', 'https://desk.example/#/{ticket}'])('takes %s', (template) => {
  expect(isTicketUrl(template)).toBe(true)
})

it.each([
  'http://desk.example/{ticket}', 'javascript:alert({ticket})', 'https://{ticket}.example/', 'https://desk.example/tickets/', 'desk.example/{ticket}',
  'https://desk.example/{ticket}/{ticket}', 'https://a:b@desk.example/{ticket}', 'https://desk.example{ticket}/', 'https://desk.example/ {ticket}',
])('refuses %s', (template) => {
  expect(isTicketUrl(template)).toBe(false)
})

it('puts a ticket in as text, because a ticket may hold anything', () => {
  expect(ticketUrl('https://desk.example/{ticket}', '../a b?$&#')).toBe('https://desk.example/..%2Fa%20b%3F%24%26%23')
  expect(ticketUrl(null, '1')).toBeNull()
  expect(ticketUrl('https://desk.example/{ticket}', null)).toBeNull()
})
