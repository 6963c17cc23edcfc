import { randomUUID } from 'node:crypto'
import type { FaultRig } from './fault-rig'
import { plantOwner, type Owner } from './plant'

export interface OldHotels {
  readonly owner: Owner
  readonly lines: readonly { readonly key: string; readonly propertyId: string }[]
}

const FIRST_ID = 700_001
const PLACE = { currency: 'EUR', timeZone: 'Europe/Rome', city: 'Roma', country: 'IT', zip: '00100', latitude: 41.9, longitude: 12.5 }
const AT_THE_SEED = 'http://localhost/seed'

/** A world of so many properties, each with a key of the deprecated API that belongs to the owner's API client. */
export async function plantOldHotels(rig: FaultRig, count: number): Promise<OldHotels> {
  const lines = Array.from({ length: count }, (_, index) => ({ key: `sbx_legacy_${randomUUID()}`, propertyId: String(FIRST_ID + index) }))
  const owner = await plantOwner(rig)
  const { clientId, clientSecret } = owner
  await rig.sandbox.call('POST', 'reset', {
    seed: {
      apiClients: [{ clientId, clientSecret, name: 'Channel manager', environment: 'SANDBOX', redirectUris: [AT_THE_SEED] }],
      accommodations: lines.map(({ propertyId }) => ({ ...PLACE, id: propertyId, name: `Casa ${propertyId}` })),
      networks: [],
      hoteliers: [{ username: 'marco.bianchi', password: 'hotel', name: 'Marco', email: 'marco@casa.example', accommodations: lines.map(({ propertyId }) => propertyId) }],
      legacyKeys: lines.map(({ key, propertyId }) => ({ key, accommodation: propertyId, clientId })),
    },
  })
  return { owner, lines }
}
