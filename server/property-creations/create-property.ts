import 'server-only'
import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import type { newPropertySchema, PropertyCreation } from '@/contracts/property-creations'
import type { Who } from '../admin-tokens/hold-admin-token'
import { withAdminToken } from '../admin-tokens/with-admin-token'
import { requireApiClient } from '../api-clients/find-api-client'
import { recordCalls } from '../calls/record-calls'
import { db } from '../db'
import type { ApiClient, PropertyCreation as Row } from '../generated/prisma/client'
import type { Actor } from '../http/define-handler'
import { toAppError } from '../http/to-app-error'
import { refuseEntry, retryEntryLater } from '../journal/entry-state'
import { inFlight } from '../journal/in-flight'
import type { JournalEntry } from '../journal/journal-entry'
import { maySettleLater } from '../journal/may-settle-later'
import { recordAnswer } from '../journal/record-answer'
import { log } from '../log'
import { createPropertyRequest, type NewProperty } from '../octorate/create-property'
import type { RawAnswer } from '../octorate/raw-answer'
import { requireSuccess } from '../octorate/read-answer'
import { requestRefresh } from '../refresh/request-refresh'
import { getRuntime } from '../runtime'
import { closeCreation } from './close-creation'
import { settleCreation } from './settle-creation'
import { tellRefusal } from './tell-refusal'
import { toDto } from './to-dto'

const WAIT_FOR_ACCESS_MS = 10_000

/**
 * Creates a property at Octorate. The wish is written down before it is sent, and the raw answer is committed before
 * anybody reads it: the refresh token in it is the only copy (contract, "Creating a property"). Then it becomes a
 * connection, and its first access token is asked for.
 *
 * @throws AppError `not_found`, `property_refused`, `api_client_refused`; upstream errors. When no answer came, nobody
 * knows whether the property is there, and nothing is sent again.
 */
export async function createProperty(
  { viewer, context }: Actor,
  apiClientId: string,
  input: z.output<typeof newPropertySchema>,
): Promise<PropertyCreation> {
  const apiClient = await requireApiClient(viewer, apiClientId)
  const who: Who = { actor: { kind: 'user', id: viewer.userId }, context }
  const creation = await begin(apiClient, viewer.userId, input)
  try {
    const entry = await send(apiClient, { who, creation, property: toProperty(input) })
    await settle(entry)
  } catch (error) {
    await closeCreation(creation, error, who)
    throw error
  }
  const settled = await db().propertyCreation.findUniqueOrThrow({ where: { id: creation.id } })
  if (settled.state === 'created') await askForAccess(settled)
  return toDto(settled, getRuntime().clock())
}

/** Only what was given: an absent field is Octorate's to fill. */
function toProperty(input: z.output<typeof newPropertySchema>): NewProperty {
  const { acceptDuplicates, welcomeUser, name, givenName, familyName, email, ...rest } = input
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
  return { ...given, name, givenName, familyName, email, acceptDuplicates, welcomeUser }
}

function begin({ id: apiClientId, organizationId }: ApiClient, userId: string, input: z.output<typeof newPropertySchema>): Promise<Row> {
  const { name, givenName, familyName, email, networkName } = input
  return db().propertyCreation.create({
    data: {
      organizationId, apiClientId, userId, name, email, contactName: `${givenName} ${familyName}`, networkName: networkName ?? null,
      connectionId: randomUUID(), at: getRuntime().clock(),
    },
  })
}

interface Sending {
  readonly who: Who
  readonly creation: Row
  readonly property: NewProperty
}

function send(apiClient: ApiClient, { who, creation, property }: Sending): Promise<JournalEntry> {
  return recordCalls(apiClient, { act: 'properties', ...who }, ({ transport, urls }, watched) =>
    withAdminToken(apiClient, watched, (adminToken) =>
      inFlight(async () => {
        const answer = await transport(createPropertyRequest({ url: urls.createProperty, adminToken, property }))
        // A definite no holds no token; what is wrong with the admin token, withAdminToken has to hear.
        if (answer.status >= 400 && answer.status !== 412) refuse(answer)
        return recordAnswer(
          {
            organizationId: creation.organizationId, apiClientId: creation.apiClientId, origin: 'create', authorizationId: null,
            connectionId: creation.connectionId, sentVersion: null,
          },
          answer,
        )
      }),
    ),
  )
}

function refuse(answer: RawAnswer): void {
  try {
    requireSuccess('create_property', answer)
  } catch (error) {
    throw tellRefusal(error)
  }
}

async function settle(entry: JournalEntry): Promise<void> {
  try {
    await settleCreation(entry)
  } catch (error) {
    const { code } = toAppError(error)
    await (maySettleLater(error) ? retryEntryLater(entry.id, code) : refuseEntry(entry, code))
    throw error
  }
}

/** The connection is there; that Octorate gives no access token right now is shown on it, and tried again. */
async function askForAccess({ connectionId, organizationId }: Row): Promise<void> {
  try {
    await requestRefresh({ id: connectionId, organizationId }, { reason: 'manual', waitMs: WAIT_FOR_ACCESS_MS })
  } catch (err) {
    log().warn({ err, connection: connectionId }, 'the first access token of a new property could not be had yet')
  }
}
