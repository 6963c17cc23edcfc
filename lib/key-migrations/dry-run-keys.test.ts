import { expect, test } from 'vitest'
import { dryRunKeys } from './dry-run-keys'
import type { KeyFault } from './key-fault'

const first = { number: 2, key: 'k7Qp2xVn94Lr', propertyId: '1001' }
const second = { number: 3, key: 'k7Qp2xVn94Ls', propertyId: '1002' }
const duplicate: KeyFault = { number: 4, column: 2, fault: 'duplicate_line', of: 2 }
const malformed: KeyFault = { number: 5, column: 1, fault: 'key_missing' }

test('each line has one verdict: what is wrong with it, or what is known of its property', () => {
  const told = { propertyId: '1001', verdict: 'already_connected', connectionId: 'c' }
  expect(dryRunKeys([first, second, duplicate, malformed], [told])).toEqual([
    { number: 2, verdict: 'already_connected', line: first, told },
    { number: 3, verdict: 'unchecked', line: second },
    { number: 4, verdict: 'duplicate', fault: duplicate },
    { number: 5, verdict: 'malformed', fault: malformed },
  ])
})
