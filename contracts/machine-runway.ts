import { defineMachineEndpoint } from './define-machine-endpoint'
import { runwaySchema } from './runway'

export const getMachineRunway = defineMachineEndpoint({
  method: 'GET',
  path: '/runway',
  summary: 'When properties lose access if no access token is renewed, by the hour, and since when Octorate refuses which API client.',
  output: runwaySchema.meta({ id: 'Runway' }),
  scope: 'connections:read',
  audit: { none: 'reads only, no token' },
})
