import 'server-only'
import { isDeepStrictEqual } from 'node:util'
import type { Who } from '../admin-tokens/hold-admin-token'
import { withAdminToken } from '../admin-tokens/with-admin-token'
import { recordCalls } from '../calls/record-calls'
import { transaction } from '../database/transaction'
import type { Transaction } from '../db'
import type { ApiClient } from '../generated/prisma/client'
import { AppError } from '../http/app-error'
import type { ApiConfiguration, ConfigurationChange } from '../octorate/api-configuration'
import { UpstreamUnreachable } from '../octorate/errors/upstream-unreachable'
import { patchConfiguration } from '../octorate/patch-configuration'
import { processConfigurationResponse, readConfigurationRequest } from '../octorate/read-configuration'
import { getRuntime } from '../runtime'
import { holdConfiguration } from './hold-configuration'
import { noteLive } from './note-live'
import type { LiveRead } from './read-live'

/** Every writable field but the redirect URIs, which have a way of their own. */
export type FieldChange = Omit<ConfigurationChange, 'redirectUris'>

export interface FieldWrite {
  readonly change: FieldChange
  /** Looks at what Octorate has just before the write; throws to stop it. */
  readonly check: (before: ApiConfiguration) => void
  /** Done in the transaction that remembers the verified state. */
  readonly onVerified: (tx: Transaction, before: ApiConfiguration, now: Date) => Promise<void>
}

/**
 * Writes fields of a configuration at Octorate: reads just before, sends only the fields of the change (contract, "API
 * configuration"), and reads again to see that each has the new value, also when the answer to the write was lost.
 *
 * @throws AppError `configuration_busy`, `configuration_changed` when a field has another value afterwards; upstream errors
 */
export function writeFields(apiClient: ApiClient, who: Who, write: FieldWrite): Promise<LiveRead> {
  return holdConfiguration(apiClient, () =>
    recordCalls(apiClient, { act: 'configuration', ...who }, ({ transport, urls }, watched) =>
      withAdminToken(apiClient, watched, async (adminToken) => {
        const place = { url: urls.configuration, adminToken }
        const read = async (): Promise<LiveRead> => {
          const answer = await transport(readConfigurationRequest(place))
          return { configuration: processConfigurationResponse(answer), callsLeft: answer.headers.rateLimitRemaining }
        }
        const { configuration: before } = await read()
        write.check(before)
        const lostAnswer = await patchConfiguration(transport, { ...place, change: write.change }).then(() => null, lostOrThrow)
        const after = await read()
        const now = getRuntime().clock()
        if (!hasArrived(after.configuration, write.change)) {
          await transaction((tx) => noteLive(tx, apiClient, { configuration: after.configuration, now, ours: null }))
          throw lostAnswer ?? new AppError('configuration_changed')
        }
        await transaction(async (tx) => {
          await noteLive(tx, apiClient, { configuration: after.configuration, now, ours: null })
          await write.onVerified(tx, before, now)
        })
        return after
      }),
    ),
  )
}

/** A lost answer is no failure yet: the read that follows tells. */
function lostOrThrow(error: unknown): UpstreamUnreachable {
  if (error instanceof UpstreamUnreachable && error.maybeProcessed) return error
  throw error
}

/** An icon is written as an address and read back as a stored name: it can't be compared. */
function hasArrived(after: ApiConfiguration, change: FieldChange): boolean {
  const fields = Object.keys(change) as (keyof FieldChange)[]
  return fields.every((name) => name === 'iconUrl' || isDeepStrictEqual(after[name], change[name]))
}
