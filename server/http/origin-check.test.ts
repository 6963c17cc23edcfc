import { expect, test } from 'vitest'
import { requireSameOrigin } from './origin-check'

const PUBLIC = 'https://keyrack.example.com'
const check = (headers: Record<string, string>) => () => requireSameOrigin(new Headers(headers), PUBLIC)

test('takes a request from our own page', () => {
  expect(check({ origin: PUBLIC, 'sec-fetch-site': 'same-origin' })).not.toThrow()
})

test.each<[Record<string, string>, string]>([
  [{}, 'both are missing'],
  [{ origin: PUBLIC }, 'the browser did not say where it comes from'],
  [{ 'sec-fetch-site': 'same-origin' }, 'there is no origin'],
  [{ origin: 'null', 'sec-fetch-site': 'same-origin' }, 'an opaque origin is nobody'],
  [{ origin: `${PUBLIC}.evil.test`, 'sec-fetch-site': 'same-origin' }, 'it only begins like ours'],
  [{ origin: 'http://keyrack.example.com', 'sec-fetch-site': 'same-origin' }, 'the scheme differs'],
  [{ origin: `${PUBLIC}:444`, 'sec-fetch-site': 'same-origin' }, 'the port differs'],
  [{ origin: PUBLIC, 'sec-fetch-site': 'same-site' }, 'a neighbour host is not us'],
  [{ origin: PUBLIC, 'sec-fetch-site': 'cross-site' }, 'it comes from elsewhere'],
  [{ origin: PUBLIC, 'sec-fetch-site': 'none' }, 'a typed address posts nothing'],
])('refuses %j, because %s', (headers) => {
  expect(check(headers)).toThrow(expect.objectContaining({ code: 'cross_site_request' }))
})
