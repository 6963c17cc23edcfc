import 'server-only'
import type { z } from 'zod'
import type { checkKeyMigration as endpoint } from '@/contracts/key-migrations'
import { listAccountProperties } from '../admin-tokens/list-account-properties'
import { requireApiClient } from '../api-clients/find-api-client'
import type { Viewer } from '../auth/viewer'
import { findCovering } from '../connections/find-covering'
import { findMigrated, type Migrated } from './find-migrated'
import { findOpenLines } from './find-open-lines'

type Wish = z.output<(typeof endpoint)['body']>
type Verdicts = z.input<(typeof endpoint)['output']>

/** What the database, and Octorate where an admin token is stored, know of properties before a key is sent. @throws AppError `not_found` */
export async function checkKeyMigration(viewer: Pick<Viewer, 'organizationId'>, wish: Wish): Promise<Verdicts> {
  const apiClient = await requireApiClient(viewer, wish.apiClientId)
  const propertyIds = [...new Set(wish.propertyIds)]
  const asked = { organizationId: apiClient.organizationId, apiClientId: apiClient.id, propertyIds }
  const [covering, migrated, open, listed] = await Promise.all([
    findCovering(asked), findMigrated(asked), findOpenLines(asked), listAccountProperties(apiClient),
  ])
  const inHand = new Map(open.map(({ propertyId, migrationId }) => [propertyId, migrationId]))
  return {
    isListed: listed !== null,
    items: propertyIds.map((propertyId) =>
      verdictOf({
        propertyId,
        connectionId: covering.get(propertyId) ?? null,
        migrated: migrated.get(propertyId) ?? null,
        openIn: inHand.get(propertyId) ?? null,
        isKnown: listed?.has(propertyId) ?? true,
      }),
    ),
  }
}

interface Known {
  readonly propertyId: string
  readonly connectionId: string | null
  readonly migrated: Migrated | null
  /** The migration that has it in hand. */
  readonly openIn: string | null
  readonly isKnown: boolean
}

function verdictOf({ propertyId, connectionId, migrated, openIn, isKnown }: Known): Verdicts['items'][number] {
  const none = { propertyId, connectionId: null, migrationId: null, at: null }
  if (openIn) return { ...none, verdict: 'in_other_migration', migrationId: openIn }
  const before = migrated && { migrationId: migrated.migrationId, at: migrated.at.toISOString() }
  if (before && migrated.state === 'verified') return { ...none, ...before, verdict: 'already_migrated', connectionId }
  if (connectionId) return { ...none, verdict: 'already_connected', connectionId }
  if (before) return { ...none, ...before, verdict: 'sent_before' }
  return { ...none, verdict: isKnown ? 'ready' : 'unknown_property' }
}
