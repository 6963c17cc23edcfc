export const KEY_COLUMNS = ['key', 'propertyId', 'name'] as const
export type KeyColumn = (typeof KEY_COLUMNS)[number]

/** Which cell holds what, counted from 0. */
export interface KeyColumns {
  readonly key: number
  readonly propertyId: number
  readonly name: number | null
}

const NAMES: Readonly<Record<KeyColumn, readonly string[]>> = {
  key: [
    'key', 'apikey', 'oldkey', 'oldapikey', 'legacykey', 'legacyapikey', 'octoratekey', 'octorateapikey', 'keyvalue',
    'chiave', 'chiaveapi', 'clave', 'claveapi',
  ],
  propertyId: [
    'propertyid', 'id', 'accommodationid', 'hotelid', 'octorateid', 'octoratepropertyid', 'structureid', 'codice', 'idstruttura', 'idhotel',
    'property', 'accommodation', 'hotel', 'struttura', 'alojamiento',
  ],
  name: ['name', 'propertyname', 'accommodationname', 'hotelname', 'label', 'nome', 'nomestruttura', 'nombre'],
}
/** Beside a column that is plainly the id they are the name. */
const EITHER = ['property', 'accommodation', 'hotel', 'struttura', 'alojamiento']

/** What each cell of a heading names; null where it is none of ours. */
export function columnsNamed(cells: readonly string[]): (KeyColumn | null)[] {
  const spelled = cells.map((cell) => cell.toLowerCase().replaceAll(/[^a-z0-9]/g, ''))
  const named = spelled.map((word) => KEY_COLUMNS.find((column) => NAMES[column].includes(word)) ?? null)
  const hasId = spelled.some((word, index) => named[index] === 'propertyId' && !EITHER.includes(word))
  if (!hasId) return named
  const hasName = named.includes('name')
  return named.map((column, index) => (column === 'propertyId' && EITHER.includes(spelled[index] ?? '') ? (hasName ? null : 'name') : column))
}
