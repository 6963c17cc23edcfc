import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pages } from '@/contracts/paths'
import { PERMISSIONS, ROLES, roleMay, type Permission, type Role } from '@/contracts/permissions'
import type { Answer } from '../ask'
import { startConsole, type TestConsole } from '../console'
import { listPages } from '../routes'
import { readSource } from '../source-files'
import { listPageAddresses } from './page-addresses'

const signedInPages = listPages().filter(({ file }) => file.startsWith('app/(console)/'))
let keyrack: TestConsole
let addresses: readonly string[] = []

beforeAll(async () => {
  keyrack = await startConsole()
  addresses = (await listPageAddresses(keyrack)).filter(({ signedIn }) => signedIn).map(({ address }) => address)
})
afterAll(() => keyrack.stop())

/** The permission that a page asks for in its own source; `any` for one that is open to every role. */
function permissionOf(file: string): Permission | 'any' {
  const asked = /requirePageViewer\('([^']+)'\)/.exec(readSource(file))?.[1]
  return isPermission(asked) ? asked : 'any'
}

function isPermission(text: string | undefined): text is Permission {
  return text !== undefined && Object.hasOwn(PERMISSIONS, text)
}

const mayOpen = (role: Role, file: string) => {
  const permission = permissionOf(file)
  return permission === 'any' || roleMay(role, permission)
}

/** The page of an address, by its pattern. */
function pageAt(path: string) {
  const matches = (pattern: string) => new RegExp(`^${pattern.replace(/:[a-zA-Z]+/g, '[^/]+')}$`).test(path)
  // Written-out names win over ids, as they do in Next.
  return signedInPages.filter((page) => matches(page.path)).toSorted((a, b) => a.path.split(':').length - b.path.split(':').length)[0]
}

/** A page that leads elsewhere does so by its status, or, when its frame is on its way already, in what it streams. */
function leadsTo(answer: Answer, path: string): boolean {
  const { location = '' } = answer.headers
  return (answer.status === 307 && new URL(location, keyrack.url).pathname === path) || answer.text.includes(`NEXT_REDIRECT;replace;${path};`)
}

test('every signed-in page is looked at', () => {
  expect(addresses.map((address) => pageAt(address)?.path).sort()).toEqual(signedInPages.map(({ path }) => path).sort())
})

describe.each(ROLES)('%s', (role) => {
  test('is shown the pages that the table of permissions opens, and led away from all others', async () => {
    const seen = await Promise.all(addresses.map(async (address) => {
      const answer = await keyrack.fetchAs(role, address)
      return { address, isShown: answer.status === 200 && !leadsTo(answer, pages.overview()) }
    }))
    expect(seen).toEqual(addresses.map((address) => ({ address, isShown: mayOpen(role, pageAt(address)?.file ?? '') })))
  })

  test('finds no link on any page to one that is closed', async () => {
    const dead: string[] = []
    for (const address of addresses.filter((each) => mayOpen(role, pageAt(each)?.file ?? ''))) {
      const { text } = await keyrack.fetchAs(role, address)
      for (const [, href = ''] of text.matchAll(/<a\b[^>]*?\shref="(\/[^"#?]*)/g)) {
        const page = pageAt(href)
        if (page && !mayOpen(role, page.file)) dead.push(`${address}: ${href}`)
      }
    }
    expect(dead).toEqual([])
  })
})

test('nobody is shown any page, and is led to the sign-in page', async () => {
  for (const address of addresses) {
    const answer = await keyrack.fetchAs(null, address)
    const path = /NEXT_REDIRECT;replace;([^;?]+)/.exec(answer.text)?.[1] ?? new URL(answer.headers.location ?? '/nowhere', keyrack.url).pathname
    expect([address, path]).toEqual([address, pages.signIn()])
  }
})

describe('the support view', () => {
  const CLOSED: readonly Permission[] = [
    'connections:disconnect', 'connections:import', 'machine-keys:manage', 'api-clients:read', 'api-clients:write', 'api-clients:production',
    'admin-tokens:reveal', 'properties:create', 'people:manage', 'organization:manage', 'audit:read', 'audit:export',
  ]

  test.each(CLOSED)('has no part in %s', (permission) => {
    expect([roleMay('support', permission), roleMay('viewer', permission)]).toEqual([false, false])
  })

  test('holds no secret on any page, and no client id and no redirect URI but where it connects', async () => {
    const { apiClient } = keyrack.organization
    const found: string[] = []
    for (const address of addresses.filter((each) => mayOpen('support', pageAt(each)?.file ?? ''))) {
      const { text } = await keyrack.fetchAs('support', address)
      // Whoever sends a browser to the consent page reads both of these in its address bar.
      const isConnecting = /^\/connections\/(?:new|attempts\/)/.test(address)
      const marks = [apiClient.clientSecret, ...(isConnecting ? [] : [apiClient.clientId, apiClient.redirectUri])]
      found.push(...marks.filter((mark) => text.includes(mark)).map((mark) => `${address}: ${mark}`))
    }
    expect(found).toEqual([])
  })
})
