import { expect, test } from 'vitest'
import { credentialFaults } from './credential-faults'

test.each([
  ['public_4Kd9', 'secret_Zb7x', []],
  ['keyrack-sandbox', 'sbx_secret', []],
  ['secret_Zb7x', 'public_4Kd9', ['swapped']],
  ['public_4Kd9', 'public_4Kd9', ['swapped']],
  ['public_4Kd9', 'secret_Zb7x\n', ['blanks']],
  ['public_4Kd9\u200b', 'secret_Zb7x', ['blanks']],
  ['public_4Kd9', 'eyJhbGciOi.J9', ['token']],
  ['public_4Kd9', 'krt_abc', ['token']],
  ['keyrack-sandbox', 'secret_Zb7x', ['other_shape']],
  ['public_4Kd9', 'hunter2', ['other_shape']],
])('finds %j with %j: %j', (clientId, clientSecret, faults) => {
  expect(credentialFaults(clientId, clientSecret)).toEqual(faults)
})
