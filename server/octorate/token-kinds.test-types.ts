import { accessToken, adminToken, authorizationCode, clientSecret, refreshToken } from '@/server/crypto/tokens'
import { apiLoginRequest } from './api-login'
import { codeExchangeRequest } from './code-exchange'
import { createPropertyRequest } from './create-property'
import { propertiesRequest } from './list-properties'
import { patchConfigurationRequest } from './patch-configuration'
import { readConfigurationRequest } from './read-configuration'
import { refreshRequest } from './refresh'
import { READ_LIMITS, type UpstreamRequest } from './upstream-request'
import { userInfoRequest } from './user-info'

/*
 * Compiled, never run: each line below would be a wrong call upstream, and must stay a compile error
 * (contract, "Two kinds of bearer token").
 */
const url = 'https://api.octorate.com/connect'
const access = accessToken('a')
const admin = adminToken('a')
const refresh = refreshToken('r')
const secret = clientSecret('s')
const property = { name: 'n', givenName: 'g', familyName: 'f', email: 'e@x.example', acceptDuplicates: false, welcomeUser: false }
const change = { applicationName: 'n' }
const exchange = { url, clientId: 'c', clientSecret: secret, redirectUri: 'https://localhost' }

export const correctCalls = [
  codeExchangeRequest({ ...exchange, code: authorizationCode('c') }),
  readConfigurationRequest({ url, adminToken: admin }),
  createPropertyRequest({ url, adminToken: admin, property }),
  patchConfigurationRequest({ url, adminToken: admin, change }),
  userInfoRequest({ url, accessToken: access }),
  propertiesRequest({ url, bearer: access }, null),
  propertiesRequest({ url, bearer: admin }, null),
  refreshRequest({ url, clientId: 'c', clientSecret: secret, refreshToken: refresh }),
]

export const wrongCalls = [
  // @ts-expect-error the configuration belongs to the API client, not to a connection
  readConfigurationRequest({ url, adminToken: access }),
  // @ts-expect-error a property is created by the API client, never by another property
  createPropertyRequest({ url, adminToken: access, property }),
  // @ts-expect-error an address is listed for the API client, not for a connection
  { ...rest, call: 'property_by_address', bearer: access },
  // @ts-expect-error a refresh token is no bearer
  createPropertyRequest({ url, adminToken: refresh, property }),
  // @ts-expect-error the configuration belongs to the API client, not to a connection
  patchConfigurationRequest({ url, adminToken: access, change }),
  // @ts-expect-error a person consents for a connection, not for the API client
  userInfoRequest({ url, accessToken: admin }),
  // @ts-expect-error an address is listed for the API client, not for a connection
  { ...rest, call: 'property_by_address', bearer: access },
  // @ts-expect-error a refresh token is no bearer
  userInfoRequest({ url, accessToken: refresh }),
  // @ts-expect-error an address is listed for the API client, not for a connection
  { ...rest, call: 'property_by_address', bearer: access },
  // @ts-expect-error a refresh token is no bearer
  propertiesRequest({ url, bearer: refresh }, null),
  // @ts-expect-error a client secret is no bearer
  propertiesRequest({ url, bearer: secret }, null),
  // @ts-expect-error an access token refreshes nothing
  refreshRequest({ url, clientId: 'c', clientSecret: secret, refreshToken: access }),
  // @ts-expect-error an admin token is never refreshed
  refreshRequest({ url, clientId: 'c', clientSecret: secret, refreshToken: admin }),
  // @ts-expect-error a code is not the client's secret
  apiLoginRequest({ url, clientId: 'c', clientSecret: authorizationCode('c') }),
  // @ts-expect-error a client's secret is no code
  codeExchangeRequest({ ...exchange, code: secret }),
  // @ts-expect-error a bare text is no token: it would be printed
  userInfoRequest({ url, accessToken: 'a' }),
]

/* The same for a request that is written by hand: what is sent is of the kind that its call takes. */
const rest = { method: 'GET', url, body: null, limits: READ_LIMITS } as const

export const correctRequests: readonly UpstreamRequest[] = [
  { ...rest, call: 'user_info', bearer: access },
  { ...rest, call: 'create_property', bearer: admin },
  { ...rest, call: 'property_by_address', bearer: admin },
  { ...rest, call: 'properties', bearer: admin },
  { ...rest, call: 'refresh', bearer: null },
]

export const wrongRequests: readonly UpstreamRequest[] = [
  // @ts-expect-error a person consents for a connection, not for the API client
  { ...rest, call: 'user_info', bearer: admin },
  // @ts-expect-error the configuration belongs to the API client, not to a connection
  { ...rest, call: 'configuration_read', bearer: access },
  // @ts-expect-error the configuration belongs to the API client, not to a connection
  { ...rest, call: 'configuration_change', bearer: access },
  // @ts-expect-error a property is created by the API client, never by another property
  { ...rest, call: 'create_property', bearer: access },
  // @ts-expect-error an address is listed for the API client, not for a connection
  { ...rest, call: 'property_by_address', bearer: access },
  // @ts-expect-error a refresh token is no bearer
  { ...rest, call: 'properties', bearer: refresh },
  // @ts-expect-error a refresh carries no bearer: the API client's credentials are in its form
  { ...rest, call: 'refresh', bearer: access },
  // @ts-expect-error what is read of a connection needs its token
  { ...rest, call: 'user_info', bearer: null },
]
