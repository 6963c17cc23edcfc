import { describe, expect, it } from 'vitest'
import type { ApiConfigurationDetail } from '@/contracts/api-configuration'
import { changeOf, valuesOf } from './change-of'

const live: ApiConfigurationDetail = {
  readAt: '2026-03-01T12:00:00.000Z', environment: 'SANDBOX', redirectUris: [], applicationName: 'Northwind', category: 'RMS', iconName: 'logo.png',
  listedToAllUsers: false, descriptions: { EN: 'Hello' }, quota: { limit: 100, left: 90, status: '0' }, permissions: [], active: true,
  maintenance: false, authMethod: 'OAUTH', authorizationPages: [], configName: null, uniqueId: null, buildNumber: null, fiscalVersion: null,
  reseller: [], unknown: [],
}

describe('the change of a form', () => {
  it('is empty as long as nothing was touched, so that nothing is sent', () => {
    expect(changeOf(valuesOf(live), live)).toEqual({})
  })

  it.each([
    [{ applicationName: ' Southwind ' }, { applicationName: 'Southwind' }],
    [{ applicationName: '  ' }, {}],
    [{ category: 'OTA' }, { category: 'OTA' }],
    [{ category: 'SOMETHING_NEW' }, {}],
    [{ listedToAllUsers: true }, { listedToAllUsers: true }],
    [{ iconUrl: ' https://a.example/i.png ' }, { iconUrl: 'https://a.example/i.png' }],
    [{ descriptions: [{ language: 'en', text: 'Hello' }] }, {}],
    [{ descriptions: [{ language: 'EN', text: 'Hi' }, { language: 'it', text: 'Ciao' }] }, { descriptions: { EN: 'Hi', IT: 'Ciao' } }],
    [{ descriptions: [] }, { descriptions: {} }],
  ])('by %j names %j and nothing else', (part, change) => {
    expect(changeOf({ ...valuesOf(live), ...part }, live)).toEqual(change)
  })

  it('keeps a category that we do not know as it is, because it cannot be chosen here', () => {
    const unknown = { ...live, category: 'SOMETHING_NEW' }
    expect(changeOf(valuesOf(unknown), unknown)).toEqual({})
  })
})
