import { expect, test } from 'vitest'
import { DRY_RUN_VERDICTS, linesToSend, type DryRunLine, type DryRunVerdict } from './dry-run-lines'

function lineWith(verdict: DryRunVerdict, number: number): DryRunLine {
  if (verdict === 'duplicate' || verdict === 'malformed') return { number, verdict, fault: { number, column: 1, fault: 'key_missing' } }
  const line = { number, key: 'k7Qp2xVn94Lr', propertyId: String(number) }
  if (verdict === 'unchecked') return { number, verdict, line }
  return { number, verdict, line, told: { propertyId: line.propertyId, verdict, connectionId: null, migrationId: null, at: null } }
}

test('a start takes what is good, and what is done already for the record; never what would have it refused', () => {
  const sent = linesToSend(DRY_RUN_VERDICTS.map(lineWith)).map(({ number }) => DRY_RUN_VERDICTS[number])
  expect(sent).toEqual(['ready', 'unchecked', 'unknown_property', 'already_connected', 'already_migrated', 'sent_before'])
})
