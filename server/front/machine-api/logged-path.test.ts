import { expect, test } from 'vitest'
import { loggedPath } from './logged-path'

test.each([
  ['/api/v1/connections/0199d3a4-1111-7222-8333-444455556666/access-token', '/api/v1/connections/0199d3a4-1111-7222-8333-444455556666/access-token'],
  ['/api/v1/properties/324410', '/api/v1/properties/324410'],
  [`/api/v1/connections/krk_test_${'a'.repeat(49)}/access-token`, '/api/v1/connections/…/access-token'],
  [`/connect/${'t'.repeat(37)}`, '/connect/…'],
])('%s is logged as %s, because a key or a token may have gone astray', (path, logged) => {
  expect(loggedPath(path)).toBe(logged)
})
