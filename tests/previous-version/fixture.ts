import { formatMachineKey } from '@/lib/machine-key'
import { readSource } from '../source-files'

/** The last migration of the version that data.sql is of. */
export const LAST_MIGRATION = '20261125211043_key_rotation'

/** Data of then. It also fits the schema of today: code of then may still write it while processes are replaced one by one. */
export const DATA = readSource('tests/previous-version/data.sql')
/** What only the schema of then takes. */
export const DATA_OF_THEN_ONLY = readSource('tests/previous-version/addresses.sql')

/** What data.sql holds sealed or as digests; nothing of it was ever good for anything. */
export const SECRETS = {
  keysText: `before:${Buffer.alloc(32, 7).toString('base64')}`,
  accessToken: 'sbx_access_token_of_then',
  refreshToken: 'sbx_refresh_token_of_then',
  clientSecret: 'sbx_secret_of_then',
  machineKey: formatMachineKey('SANDBOX', Buffer.alloc(32, 9)),
  machineKeyOfElsewhere: formatMachineKey('SANDBOX', Buffer.alloc(32, 10)),
  linkToken: 'a'.repeat(43),
  email: 'robin@keyrack.example',
  password: 'four unrelated words of then',
} as const

export const CONNECTION_ID = '0c000000-0000-4000-8000-000000000001'
export const ORGANIZATION_ID = '0b000000-0000-4000-8000-000000000001'
