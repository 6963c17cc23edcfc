import { describe, expect, test } from 'vitest'
import { adminToken } from '@/server/crypto/tokens'
import { answerOf, thrownBy } from './answer-for-tests'
import { patchConfiguration, patchConfigurationRequest, processPatchConfigurationResponse } from './patch-configuration'
import { processConfigurationResponse, readConfiguration } from './read-configuration'
import { createTransport } from './transport'

const target = { url: 'https://api.x/connect/rest/v1/api/configuration', adminToken: adminToken('admin-1234567890') }
const full = {
  environment: 'SANDBOX',
  redirectUri: ['https://localhost'],
  category: 'OTA',
  icon: 'icon.png',
  secretVisibility: false,
  applicationName: 'Demo',
  description: { EN: 'A demo' },
  active: true,
  authMethod: 'OAUTH2',
  authorizationPages: ['a'],
  quotaLimit: 100,
  quotaStatus: 12,
  maintenance: false,
  configName: 'c',
  uniqueId: 7,
  buildNumber: '8',
  fiscalVersion: null,
  reseller: { id: 1 },
  permissions: {
    accommodation: 'READWRITE',
    license: 'NONE',
    cardDetail: 'NONE',
    content: 'READONLY',
    reservation: 'SOMETHING',
  },
}

describe('reading', () => {
  test('keeps what the contract does not name, as masked and cut text, because somebody may want to see it', () => {
    const { unknown } = processConfigurationResponse(answerOf({
      ...full, webhook: { url: 'https://a.example/hook', active: true }, level: 3, webhookSecret: 'abc', note: 'Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MA', long: 'x'.repeat(2_000),
    }))
    expect(unknown).toMatchObject({ webhook: '{"url":"https://a.example/hook","active":true}', level: '3', webhookSecret: '••••', note: '••••' })
    expect(unknown['long']?.length).toBeLessThan(600)
  })

  test('gives every field in our words', () => {
    expect(processConfigurationResponse(answerOf(full))).toEqual({
      environment: 'SANDBOX',
      redirectUris: ['https://localhost'],
      category: 'OTA',
      iconName: 'icon.png',
      listedToAllUsers: false,
      applicationName: 'Demo',
      descriptions: { EN: 'A demo' },
      active: true,
      authMethod: 'OAUTH2',
      authorizationPages: ['a'],
      quotaLimit: 100,
      quotaStatus: '12',
      maintenance: false,
      configName: 'c',
      uniqueId: '7',
      buildNumber: '8',
      fiscalVersion: null,
      reseller: { id: '1' },
      unknown: {},
      permissions: {
        property: 'READWRITE',
        license: 'NONE',
        cardDetail: 'NONE',
        content: 'READONLY',
        reservation: null,
      },
    })
  })

  test('tells an absent list of redirect URIs from an empty one, because it is written back whole', () => {
    expect(processConfigurationResponse(answerOf({})).redirectUris).toBeNull()
    expect(processConfigurationResponse(answerOf({ redirectUri: null })).redirectUris).toEqual([])
    expect(processConfigurationResponse(answerOf({ redirectUri: [] })).redirectUris).toEqual([])
  })

  test('gives null for what is only shown and has another type', () => {
    const odd = {
      applicationName: 5,
      secretVisibility: 'yes',
      quotaLimit: 'many',
      description: [1],
      permissions: 'all',
      active: 1,
    }
    expect(processConfigurationResponse(answerOf(odd))).toMatchObject({
      applicationName: null,
      listedToAllUsers: null,
      quotaLimit: null,
      descriptions: {},
      active: null,
      permissions: { property: null },
    })
  })

  test.each<[string, unknown]>([
    ['an array', [full]],
    ['a text', '"configuration"'],
    ['null', 'null'],
    ['redirect URIs in one text', { redirectUri: 'https://localhost' }],
    ['a redirect URI that is no text', { redirectUri: ['https://localhost', 5] }],
    ['redirect URIs in an object', { redirectUri: { 0: 'https://localhost' } }],
    ['an unknown environment', { environment: 'STAGING' }],
    ['an environment that is no text', { environment: true }],
  ])('refuses %s, because we would act on it', (_name, body) => {
    expect(thrownBy(() => processConfigurationResponse(answerOf(body)))).toMatchObject({
      name: 'UpstreamNonconformance',
      call: 'configuration_read',
      reason: 'shape',
      fault: 'not_a_configuration',
    })
  })

  test.each<[string, unknown, Parameters<typeof answerOf>[1], string]>([
    ['a page', '<html></html>', { contentType: 'text/html' }, 'content_type'],
    ['nothing', '', {}, 'empty'],
    ['a key twice', '{"redirectUri":["https://a"],"redirectUri":[]}', {}, 'duplicate_key'],
    ['half an object', '{"redirectUri":["https://a"', {}, 'syntax'],
    ['a 202', full, { status: 202 }, 'unexpected_status'],
  ])('refuses %s', (...[, body, facts, reason]) => {
    expect(thrownBy(() => processConfigurationResponse(answerOf(body, facts)))).toMatchObject({
      name: 'UpstreamNonconformance',
      reason,
    })
  })

  test('asks with the admin token', async () => {
    const sent: RequestInit[] = []
    const transport = createTransport({
      fetch: async (_url, init) => {
        sent.push(init ?? {})
        return Response.json(full)
      },
    })
    expect((await readConfiguration(transport, target)).environment).toBe('SANDBOX')
    expect(sent).toMatchObject([{ method: 'GET', headers: { authorization: 'Bearer admin-1234567890' } }])
  })
})

describe('writing', () => {
  test('sends only the fields that change, in the upstream spelling', () => {
    const bodyOf = (change: Parameters<typeof patchConfigurationRequest>[0]['change']) =>
      patchConfigurationRequest({ ...target, change }).body
    expect(bodyOf({ redirectUris: ['https://a', 'https://b'] })).toEqual({
      kind: 'json',
      value: { redirectUri: ['https://a', 'https://b'] },
    })
    expect(bodyOf({ redirectUris: null })).toEqual({ kind: 'json', value: { redirectUri: null } })
    expect(
      bodyOf({
        environment: 'PRODUCTION',
        category: 'RMS',
        iconUrl: 'https://i',
        listedToAllUsers: true,
        applicationName: 'A',
        descriptions: { IT: 'x' },
      }),
    ).toEqual({
      kind: 'json',
      value: {
        environment: 'PRODUCTION',
        category: 'RMS',
        icon: 'https://i',
        secretVisibility: true,
        applicationName: 'A',
        description: { IT: 'x' },
      },
    })
  })

  test('refuses to send a change that changes nothing', () => {
    expect(() => patchConfigurationRequest({ ...target, change: {} })).toThrow(TypeError)
  })

  test('gives the echo when there is one', () => {
    expect(processPatchConfigurationResponse(answerOf(full))?.redirectUris).toEqual(['https://localhost'])
    expect(processPatchConfigurationResponse(answerOf('', { status: 204, contentType: null }))).toBeNull()
    expect(processPatchConfigurationResponse(answerOf('', { contentType: null }))).toBeNull()
  })

  test.each<[string, unknown, Parameters<typeof answerOf>[1], object]>([
    ['a page', '<html></html>', { contentType: 'text/html' }, { reason: 'content_type' }],
    ['an array', [], {}, { reason: 'shape' }],
    ['a 202 without words', '', { status: 202 }, { reason: 'unexpected_status' }],
    ['a refusal', { type: 'WrongEnviroment' }, { status: 403 }, { kind: 'wrong_environment' }],
    ['a failure', '', { status: 500 }, { reason: 'server_error', maybeProcessed: true }],
  ])('throws on %s', (...[, body, facts, expected]) => {
    expect(thrownBy(() => processPatchConfigurationResponse(answerOf(body, facts)))).toMatchObject({
      call: 'configuration_change',
      ...expected,
    })
  })

  test('goes out as a PATCH with a JSON body', async () => {
    const sent: RequestInit[] = []
    const transport = createTransport({
      fetch: async (_url, init) => {
        sent.push(init ?? {})
        return new Response(null, { status: 204 })
      },
    })
    expect(await patchConfiguration(transport, { ...target, change: { applicationName: 'È' } })).toBeNull()
    expect(sent).toMatchObject([
      {
        method: 'PATCH',
        body: '{"applicationName":"È"}',
        headers: { 'content-type': 'application/json', authorization: 'Bearer admin-1234567890' },
      },
    ])
  })
})
