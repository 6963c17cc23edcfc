import { showConsentEndpoint } from '../consent/show-consent'
import { submitConsentEndpoint } from '../consent/submit-consent'
import type { Endpoint } from '../http/exchange'
import { accommodationCreateEndpoint } from './accommodation-create'
import { accommodationListEndpoint } from './accommodation-list'
import { accommodationReadEndpoint } from './accommodation-read'
import { accommodationChangeEndpoint, accommodationDeleteEndpoint } from './accommodation-write'
import { apiloginEndpoint } from './apilogin'
import { configurationReadEndpoint, configurationWriteEndpoint } from './configuration'
import { migrateEndpoint } from './migrate'
import { networksEndpoint } from './networks'
import { pmsEndpoint } from './pms'
import { refreshEndpoint } from './refresh'
import { reservationsEndpoint } from './reservations'
import { subscriptionDeleteEndpoint, subscriptionEventsEndpoint, subscriptionListEndpoint, subscriptionWriteEndpoint } from './subscriptions'
import { tokenEndpoint } from './token'
import { userInfoEndpoint } from './user-info'

/** Everything of Octorate's that the sandbox answers to. */
export const allEndpoints: readonly Endpoint[] = [
  showConsentEndpoint,
  submitConsentEndpoint,
  tokenEndpoint,
  refreshEndpoint,
  apiloginEndpoint,
  migrateEndpoint,
  configurationReadEndpoint,
  configurationWriteEndpoint,
  accommodationListEndpoint,
  accommodationCreateEndpoint,
  accommodationReadEndpoint,
  accommodationChangeEndpoint,
  accommodationDeleteEndpoint,
  userInfoEndpoint,
  reservationsEndpoint,
  networksEndpoint,
  subscriptionListEndpoint,
  subscriptionEventsEndpoint,
  subscriptionWriteEndpoint,
  subscriptionDeleteEndpoint,
  pmsEndpoint,
]
