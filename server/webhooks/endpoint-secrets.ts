import 'server-only'
import { randomBytes } from 'node:crypto'
import { Secret } from '../crypto/secret'
import { requireKeys } from '../crypto/require-keys'
import { open, seal, type SealContext } from '../crypto/seal'
import type { WebhookEndpoint } from '../generated/prisma/client'

const PREFIX = 'whsec_'

type SecretColumn = 'secret_sealed' | 'previous_secret_sealed'

interface Place {
  readonly organizationId: string
  readonly endpointId: string
}

/** A new signing secret of 256 bits, in the spelling of Standard Webhooks. */
export function makeSigningSecret(): Secret {
  return Secret.of(`${PREFIX}${randomBytes(32).toString('base64')}`)
}

export function sealUrl(place: Place, url: string): string {
  return seal(requireKeys(), urlContext(place), url)
}

export function sealSigningSecret(place: Place, version: number, secret: Secret): string {
  return seal(requireKeys(), secretContext(place, 'secret_sealed', version), secret.reveal())
}

/** The current secret as it is kept beside its successor. */
export function sealAsPrevious({ id, organizationId, secretSealed, secretVersion }: WebhookEndpoint): string | null {
  if (secretSealed === null) return null
  const place = { organizationId, endpointId: id }
  const secret = open(requireKeys(), secretContext(place, 'secret_sealed', secretVersion), secretSealed)
  return seal(requireKeys(), secretContext(place, 'previous_secret_sealed', secretVersion), secret)
}

/** The whole address of an endpoint. @throws AppError `sealed`; SealError */
export function openUrl({ id, organizationId, urlSealed }: WebhookEndpoint): string {
  return open(requireKeys(), urlContext({ organizationId, endpointId: id }), urlSealed)
}

/** The secrets that sign at this moment: the current one, and the one before until its time is over. */
export function openSigningSecrets(endpoint: WebhookEndpoint, now: Date): Secret[] {
  const { id, organizationId, secretSealed, secretVersion, previousSecretSealed, previousSecretEndsAt } = endpoint
  const place = { organizationId, endpointId: id }
  const opened = (column: SecretColumn, envelope: string, version: number) => Secret.of(open(requireKeys(), secretContext(place, column, version), envelope))
  const previous = previousSecretSealed !== null && previousSecretEndsAt !== null && previousSecretEndsAt > now
  return [
    ...(secretSealed === null ? [] : [opened('secret_sealed', secretSealed, secretVersion)]),
    ...(previous ? [opened('previous_secret_sealed', previousSecretSealed, secretVersion - 1)] : []),
  ]
}

function urlContext({ organizationId, endpointId }: Place): SealContext {
  return { table: 'webhook_endpoints', column: 'url_sealed', organizationId, rowId: endpointId, version: 1 }
}

function secretContext({ organizationId, endpointId }: Place, column: SecretColumn, version: number): SealContext {
  return { table: 'webhook_endpoints', column, organizationId, rowId: endpointId, version }
}
