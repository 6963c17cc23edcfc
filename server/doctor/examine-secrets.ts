import type { ClientBase } from 'pg'
import { credentialFaults, type CredentialFault } from '@/lib/oauth/credential-faults'
import { clientSecretContext } from '../api-clients/client-secret-context'
import type { KeyRing } from '../crypto/key-ring'
import { open } from '../crypto/seal'
import { about, type Finding } from './finding'

interface Row {
  readonly id: string
  readonly name: string
  readonly organizationId: string
  readonly clientId: string
  readonly clientSecretSealed: string
  readonly clientSecretVersion: number
}

const WORDS = {
  swapped: ['Client id and client secret are each in the other\'s place.', 'Enter both anew on the page of the API client.'],
  blanks: ['Client id or client secret holds a blank or an invisible character, as a copied line end.', 'Copy the secret again from the welcome mail.'],
  token: ['A token stands where the client secret belongs.', 'Enter the secret of the welcome mail on the page of the API client.'],
  other_shape: ['Client id or client secret has not the shape that Octorate gives (public_…, secret_…).', 'Compare both with the welcome mail; if Octorate takes them, all is well.'],
} as const satisfies Record<CredentialFault, readonly [string, string]>

/** Whether credentials look as Octorate gives them: opened here, and not told. */
export async function examineSecrets(client: ClientBase, { keys, organizationId }: { keys: KeyRing | null; organizationId: string | null }): Promise<Finding[]> {
  if (!keys) return [about('secrets', 'Secret formats').warning('Without a key no secret can be looked at.', 'Set the key first.')]
  const { rows } = await client.query<Row>(
    `SELECT id, name, organization_id AS "organizationId", client_id AS "clientId", client_secret_sealed AS "clientSecretSealed", client_secret_version AS "clientSecretVersion"
     FROM api_clients WHERE deleted_at IS NULL AND ($1::uuid IS NULL OR organization_id = $1) ORDER BY name`, [organizationId],
  )
  return rows.length === 0 ? [about('secrets', 'Secret formats').ok('No secret is kept yet.')] : rows.map((row) => examineSecret(row, keys))
}

function examineSecret(row: Row, keys: KeyRing): Finding {
  const subject = `Secret format of ${row.name}`
  try {
    const [fault] = credentialFaults(row.clientId, open(keys, clientSecretContext(row), row.clientSecretSealed))
    if (!fault) return about('secrets', subject).ok('Client id and client secret look as Octorate gives them.')
    const [what, todo] = WORDS[fault]
    return fault === 'other_shape' ? about('secrets', subject).warning(what, todo) : about('secrets', subject).problem(what, todo)
  } catch {
    return about('secrets', subject).problem('The stored client secret can\'t be opened.', 'Put the key back that it was sealed with, or enter the secret anew.')
  }
}
