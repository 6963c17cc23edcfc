import { expect, test } from 'vitest'
import { parseDomains, parseGroupRoles } from '../env-lists'
import { roleOfGroups } from './role-of-groups'

const ROLES = parseGroupRoles('keyrack-owners=owner, cn=eng=developer , help=support')

test.each([
  [['help', 'keyrack-owners'], 'owner'],
  [['unknown', 'help'], 'support'],
  ['help', 'support'],
  [['unknown'], null],
  [[], null],
  [undefined, null],
  [{ help: true }, null],
  [[['help']], null],
  [['Help'], null],
])('the groups %j give the role %j, the widest', (claim, role) => {
  expect(roleOfGroups(claim, ROLES)).toBe(role)
})

test('a list of roles by groups that holds something else is refused by name', () => {
  expect(() => parseGroupRoles('a=admin')).toThrow('KEYRACK_OIDC_ROLES: "a=admin"')
  expect(() => parseGroupRoles('=owner')).toThrow('KEYRACK_OIDC_ROLES')
})

test('domains are compared in lower case', () => {
  expect(parseDomains(' Example.com,, b.example ')).toEqual(['example.com', 'b.example'])
})
