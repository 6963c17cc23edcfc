import { expect, test } from 'vitest'
import { actionName, factName } from './action-name'

test('an action is told in words', () => {
  expect(actionName('api_client.secret_rotated')).toBe('API client: secret rotated')
  expect(actionName('redirect_uri.written')).toBe('Redirect URI: written')
})

test('a fact is told in words, however it is spelled', () => {
  expect([factName('rotateBy'), factName('api_client_id'), factName('before')]).toEqual(['Rotate by', 'API client ID', 'Before'])
})
