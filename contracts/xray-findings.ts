import type { Examination } from './xray'

/** One thing that an X-ray found out; the page and the command say it in the same words. */
export interface Finding {
  readonly id: 'login' | 'reading' | 'environment' | 'uris' | 'active' | 'maintenance' | 'clock'
  readonly status: 'pass' | 'warn' | 'fail'
  /** Key of its text below `xray.report` in the catalogue. */
  readonly text: 'accepted' | 'notAccepted' | 'unread' | 'environment' | 'uris' | 'inactive' | 'maintenance' | 'clock'
  readonly values: Readonly<Record<string, string | number>>
  /** Why not: a code of contracts/errors.ts. */
  readonly code: string | null
  /** What was found, as Octorate has it: not fit to be shown as it is. */
  readonly lines: readonly string[] | null
}

const TOLERATED_SKEW_MS = 5_000
const NOTHING = { values: {}, code: null, lines: null }

/** What was found, in the order in which it is told. */
export function toFindings({ login, reading, configuration, skewMs }: Examination): Finding[] {
  const isAccepted = login === 'accepted'
  const findings: Finding[] = [
    isAccepted
      ? { ...NOTHING, id: 'login', status: 'pass', text: 'accepted' }
      : { ...NOTHING, id: 'login', status: 'fail', text: 'notAccepted', code: login },
  ]
  if (reading !== null) findings.push({ ...NOTHING, id: 'reading', status: 'fail', text: 'unread', code: reading })
  if (configuration !== null) findings.push(...configurationFindings(configuration))
  if (skewMs !== null) {
    const [status, seconds] = [Math.abs(skewMs) <= TOLERATED_SKEW_MS ? 'pass' : 'warn', Math.abs(Math.round(skewMs / 1_000))] as const
    findings.push({ ...NOTHING, id: 'clock', status, text: 'clock', values: { seconds } })
  }
  return findings
}

function configurationFindings({ environment, redirectUris, active, maintenance }: NonNullable<Examination['configuration']>): Finding[] {
  const lines = redirectUris ?? []
  return [
    { ...NOTHING, id: 'environment', status: environment === null ? 'warn' : 'pass', text: 'environment', values: { environment: environment ?? 'untold' } },
    { ...NOTHING, id: 'uris', status: lines.length > 0 ? 'pass' : 'warn', text: 'uris', values: { count: lines.length }, lines },
    ...(active === false ? [{ ...NOTHING, id: 'active', status: 'fail', text: 'inactive' } as const] : []),
    ...(maintenance === true ? [{ ...NOTHING, id: 'maintenance', status: 'warn', text: 'maintenance' } as const] : []),
  ]
}
