import { describe, expect, expectTypeOf, it } from 'vitest'
import type { z } from 'zod'
import { ERROR_CODES, ERRORS } from '@/contracts/errors'
import { MACHINE_KEY_PREFIXES, formatMachineKey } from '@/lib/machine-key'
import type * as machineApi from '@/contracts/machine-api'
import type * as whitelists from '@/contracts/machine-ip-whitelists'
import { requireKey } from '@/sdk/machine-api'
import { toError } from '@/sdk/to-error'
import type { AddressCheck, AdminToken, CallerAddress, IpWhitelist, IpWhitelistImported, VerificationReport } from '@/sdk/whitelist-wire'
import type { Connection, ImportLine, ImportProgress, ImportReport, RejectionOutcome, TokenAnswer } from '@/sdk/wire'

type Output<Name extends 'getMachineImport' | 'reportRejectedToken'> = z.output<(typeof machineApi)[Name]['output']>

describe('the client for integrators shares no code with the console', () => {
  it('and reads the same shapes', () => {
    expectTypeOf<Connection>().toEqualTypeOf<machineApi.MachineConnection>()
    expectTypeOf<ImportProgress>().toEqualTypeOf<machineApi.ImportSummary>()
    expectTypeOf<ImportReport>().toEqualTypeOf<Output<'getMachineImport'>>()
    expectTypeOf<RejectionOutcome>().toEqualTypeOf<Output<'reportRejectedToken'>['outcome']>()
    expectTypeOf<machineApi.AccessTokenAnswer>().toExtend<TokenAnswer>()
    expectTypeOf<z.output<typeof machineApi.importLineInput>>().toExtend<ImportLine>()
    expectTypeOf<IpWhitelist>().toEqualTypeOf<whitelists.MachineWhitelist>()
    expectTypeOf<AdminToken>().toEqualTypeOf<whitelists.AdminTokenAnswer>()
    expectTypeOf<AddressCheck>().toEqualTypeOf<z.output<(typeof whitelists)['checkMachineWhitelist']['output']>>()
    expectTypeOf<CallerAddress>().toEqualTypeOf<z.output<(typeof whitelists)['getCallerAddress']['output']>>()
    expectTypeOf<IpWhitelistImported>().toExtend<z.output<(typeof whitelists)['importMachineWhitelist']['output']>>()
    expectTypeOf<VerificationReport>().toExtend<z.input<(typeof whitelists)['reportVerification']['body']>>()
  })

  it.each(['PRODUCTION', 'SANDBOX'] as const)('and takes the keys of the environment %s', (environment) => {
    const key = formatMachineKey(environment, new Uint8Array(32).fill(255))
    expect(requireKey(key)).toBe(key)
    expect(() => requireKey(MACHINE_KEY_PREFIXES[environment])).toThrow(TypeError)
  })

  it("and takes every refusal whose turn is Octorate's or the operator's, and is a 5xx or 429, for something that passes", () => {
    const passing = ERROR_CODES.filter((code) => ERRORS[code].status >= 500 || ERRORS[code].status === 429)
    const named = (code: string, status: number) => toError({ status, headers: new Headers(), text: JSON.stringify({ code }) }).name
    expect(passing.length).toBeGreaterThan(10)
    expect(passing.filter((code) => named(code, ERRORS[code].status) !== 'TemporarilyUnavailableError')).toEqual([])
    const hotelier = ['reconnect_required', 'refresh_token_missing'] as const
    expect(hotelier.map((code) => named(code, ERRORS[code].status))).toEqual(['ReconnectRequiredError', 'ReconnectRequiredError'])
  })
})
