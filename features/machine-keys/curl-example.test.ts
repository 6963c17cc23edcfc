import { expect, test } from 'vitest'
import { curlExample } from './curl-example'

const URL = 'https://keyrack.example.com'

test('the example is a call that the key may make, and holds no key', () => {
  const token = curlExample(URL, { scopes: ['connections:read', 'tokens:read'], properties: ['324 410'] })
  expect(token).toBe(
    'printf \'Authorization: Bearer %s\' "$KEYRACK_MACHINE_KEY" |\ncurl -sS --header @- https://keyrack.example.com/api/v1/properties/324%20410/access-token',
  )
  expect(curlExample(URL, { scopes: ['connections:read'], properties: [] })).toContain('/api/v1/connections')
})
