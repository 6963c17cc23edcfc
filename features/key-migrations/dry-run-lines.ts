import type { z } from 'zod'
import { KEY_VERDICTS, type checkKeyMigration } from '@/contracts/key-migrations'
import type { KeyDryRunLine } from '@/lib/key-migrations/dry-run-keys'
import type { KeyFileLine } from '@/lib/key-migrations/key-line-reader'

type Told = z.output<typeof checkKeyMigration.output>['items'][number]

export type DryRunLine = KeyDryRunLine<Told>
export type DryRunVerdict = DryRunLine['verdict']

/** In the order in which they are told: what will be sent, what not, and why. */
export const DRY_RUN_VERDICTS = [
  'ready', 'unchecked', 'unknown_property', 'already_connected', 'already_migrated', 'sent_before', 'in_other_migration', 'duplicate', 'malformed',
] as const satisfies readonly DryRunVerdict[]

const SENT: readonly DryRunVerdict[] = [...KEY_VERDICTS.filter((verdict) => verdict !== 'in_other_migration'), 'unchecked']

/** The lines that a start takes: those already done are recorded, those of another migration would have it refused. */
export function linesToSend(lines: readonly DryRunLine[]): KeyFileLine[] {
  return lines.flatMap((line) => ('line' in line && SENT.includes(line.verdict) ? [line.line] : []))
}
