import 'server-only'
import { isDeepStrictEqual } from 'node:util'
import type { z } from 'zod'
import type { ApiConfigurationDetail, changeApiConfiguration as endpoint } from '@/contracts/api-configuration'
import { requireApiClient } from '../api-clients/find-api-client'
import { recordAudit } from '../audit/record-audit'
import { AppError } from '../http/app-error'
import type { Actor } from '../http/define-handler'
import type { ApiConfiguration } from '../octorate/api-configuration'
import { getRuntime } from '../runtime'
import { toChange } from './to-change'
import { toDto } from './to-dto'
import { writeFields } from './write-fields'

type Input = z.output<typeof endpoint.body>

/**
 * Changes fields of the configuration at Octorate that a person has seen: when one of them is another by now, nothing is
 * sent.
 *
 * @throws AppError `not_found`, `invalid_input` when nothing is to be changed, `configuration_changed`; as writeFields does
 */
export async function changeApiConfiguration({ viewer, context }: Actor, id: string, input: Input): Promise<ApiConfigurationDetail> {
  const apiClient = await requireApiClient(viewer, id)
  const change = toChange(input.change)
  if (Object.keys(change).length === 0) throw new AppError('invalid_input', { issues: [{ path: 'change', message: 'names no field' }] })
  const actor = { kind: 'user', id: viewer.userId } as const
  const live = await writeFields(apiClient, { actor, context }, {
    change,
    check: (before) => requireAsSeen(before, input),
    onVerified: (tx, before, now) =>
      recordAudit(tx, {
        action: 'configuration.changed', outcome: 'success', organizationId: viewer.organizationId, actor,
        target: { kind: 'api_client', id },
        detail: { before: fieldsOf(before, input), after: { ...input.change } },
        context, at: now,
      }),
  })
  return toDto(live, getRuntime().clock())
}

/** An icon is written as an address and read back as a stored name. */
const FIELD_OF = {
  applicationName: 'applicationName', category: 'category', iconUrl: 'iconName', listedToAllUsers: 'listedToAllUsers', descriptions: 'descriptions',
} as const

const UNSEEN = { applicationName: null, category: null, iconUrl: null, listedToAllUsers: null, descriptions: {} } as const

const namesOf = ({ change }: Input) => Object.keys(change) as (keyof typeof FIELD_OF)[]

function requireAsSeen(before: ApiConfiguration, input: Input): void {
  const isOther = namesOf(input).some((name) => !isDeepStrictEqual({ it: before[FIELD_OF[name]] }, { it: input.seen[name] ?? UNSEEN[name] }))
  if (isOther) throw new AppError('configuration_changed')
}

function fieldsOf(before: ApiConfiguration, input: Input) {
  return Object.fromEntries(namesOf(input).map((name) => [name, before[FIELD_OF[name]]]))
}
