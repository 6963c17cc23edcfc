import { beforeEach, describe, expect, test } from 'vitest'
import { setUpInput } from '@/contracts/set-up'
import { clientSecret } from '../crypto/tokens'
import { db } from '../db'
import { syncSandboxClients } from '../sandbox-client/sync-sandbox-clients'
import { verifyPassword } from '../sign-in/verify-password'
import { completeSetUp } from './complete-set-up'
import { isSetUpOpen, issueSetUpCode } from './set-up-code'
import { refusalOf } from '../../tests/rejections'
import { openRig } from '../../tests/runtime'

const rig = await openRig()
const { sandbox } = rig
const context = { requestId: 'r', address: '127.0.0.1', userAgent: 'integration test' }
const password = 'four unrelated words together'

const input = (code: string, changes: Record<string, string> = {}) =>
  setUpInput.parse({ code, organizationName: 'Hotel Tech', name: 'Ada', email: 'ada@example.com', password, ...changes })

async function issue(): Promise<string> {
  const code = await issueSetUpCode()
  if (!code) throw new Error('the set-up is closed')
  return code
}

beforeEach(async () => {
  await rig.database.sql('TRUNCATE users, organizations, set_up_codes, sign_in_throttles CASCADE')
})

describe('the first run', () => {
  test('makes the owner and the organization of whoever has the code, and closes', async () => {
    const code = await issue()
    expect(code).toMatch(/^([A-HJKMNP-Z2-9]{5}-){3}[A-HJKMNP-Z2-9]{5}$/)
    expect(await isSetUpOpen()).toBe(true)
    expect(await completeSetUp(input(` ${code.toLowerCase()} `), context)).toEqual({ email: 'ada@example.com' })
    expect(await db().membership.findMany({ include: { user: true, organization: true } })).toMatchObject([
      { role: 'owner', user: { email: 'ada@example.com' }, organization: { name: 'Hotel Tech' } },
    ])
    expect(await verifyPassword({ email: 'ada@example.com', password, deviceCookie: undefined, context })).toMatchObject({ name: 'Ada' })
    expect(await isSetUpOpen()).toBe(false)
    expect(await issueSetUpCode()).toBeNull()
    expect(await db().setUpCode.count()).toBe(0)
    expect(await refusalOf(completeSetUp(input(code), context))).toBe('set_up_closed')
  })

  test('stores neither code nor password', async () => {
    const code = await issue()
    expect(JSON.stringify(await db().setUpCode.findMany())).not.toContain(code)
    await completeSetUp(input(code), context)
    const [user] = await db().user.findMany()
    expect(user?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  })

  test('makes exactly one owner of twenty posts at the same moment, with the codes of two processes', async () => {
    const codes = [await issue(), await issue()]
    const posts = Array.from({ length: 20 }, (_, index) =>
      refusalOf(completeSetUp(input(codes[index % 2] ?? '', { email: `owner-${index}@example.com` }), { ...context, address: `192.0.2.${index}` })),
    )
    const refusals = await Promise.all(posts)
    expect(refusals.filter((code) => code === 'none')).toHaveLength(1)
    expect(refusals.filter((code) => !['none', 'set_up_closed', 'too_many_attempts'].includes(code))).toEqual([])
    expect([await db().user.count(), await db().organization.count(), await db().membership.count()]).toEqual([1, 1, 1])
  })

  test('is refused with a wrong code, which uses nothing up', async () => {
    const code = await issue()
    for (const wrong of ['AAAAA-AAAAA-AAAAA-AAAAA', `${code}A`]) expect(await refusalOf(completeSetUp(input(wrong), context))).toBe('set_up_code_wrong')
    expect(await db().user.count()).toBe(0)
    expect(await refusalOf(completeSetUp(input(code), context))).toBe('none')
  })

  test('has to wait after sixty tries from one address, and nobody else has to', async () => {
    const code = await issue()
    const weak = input(code, { password: 'aaaaaaaaaaaaaaa' })
    for (let index = 0; index < 60; index += 1) expect(await refusalOf(completeSetUp(weak, context))).toBe('password_too_weak')
    expect(await refusalOf(completeSetUp(input(code), context))).toBe('too_many_attempts')
    expect(await refusalOf(completeSetUp(weak, { ...context, address: '192.0.2.1' }))).toBe('password_too_weak')
    rig.clock.advance(15 * 60_000)
    expect(await refusalOf(completeSetUp(input(code), context))).toBe('none')
  })

  test.each(['aaaaaaaaaaaaaaa', 'passwordpassword', 'qwertzuiopasdfghjkl', 'ada hotel tech 2026', 'ada@example.com'])(
    'takes no password that is easily guessed: %s',
    async (weak) => {
      const code = await issue()
      expect(await refusalOf(completeSetUp(input(code, { password: weak }), context))).toBe('password_too_weak')
      expect(await db().setUpCode.count()).toBe(1)
    },
  )

  test('is closed without a code, as on a database whose process never printed one', async () => {
    expect(await refusalOf(completeSetUp(input('AAAAA-AAAAA-AAAAA-AAAAA'), context))).toBe('set_up_closed')
  })
})

describe('the sandbox’s API client', () => {
  const clientId = 'keyrack-sandbox'
  const secret = sandbox.apiClients.find((each) => each.clientId === clientId)?.clientSecret ?? ''
  const beside = { sandboxClient: { clientId, clientSecret: clientSecret(secret) } }
  const registered = () => sandbox.control.configuration(clientId).redirectUri

  test('is there after the first run, with our callback registered beside what the sandbox had', async () => {
    const code = await issue()
    await rig.asAnotherProcess(() => completeSetUp(input(code), context), beside)
    const [apiClient] = await db().apiClient.findMany()
    expect(apiClient).toMatchObject({ name: 'Sandbox', clientId, environment: 'SANDBOX', upstreamId: 'sandbox' })
    expect(registered()).toEqual(['https://localhost', `http://localhost:3000/oauth/callback/${apiClient?.id}`])
  })

  test('gets its callback registered again at the next start, when the console’s address has changed', async () => {
    const code = await issue()
    await rig.asAnotherProcess(() => completeSetUp(input(code), context), beside)
    const [apiClient] = await db().apiClient.findMany()
    const moved = { ...beside, publicUrl: 'http://localhost:4321' }
    await rig.asAnotherProcess(() => syncSandboxClients(), moved)
    await rig.asAnotherProcess(() => syncSandboxClients(), moved)
    expect(registered()?.filter((uri) => uri === `http://localhost:4321/oauth/callback/${apiClient?.id}`)).toHaveLength(1)
    expect(registered()).toContain('https://localhost')
  })

  test('does not keep the first run from ending when the sandbox is down for a moment', async () => {
    const code = await issue()
    await sandbox.control.faults.add({ endpoint: '*', kind: 'reset', count: 0 })
    await rig.asAnotherProcess(() => completeSetUp(input(code), context), beside)
    sandbox.control.faults.clear()
    const [apiClient] = await db().apiClient.findMany()
    const ours = `http://localhost:3000/oauth/callback/${apiClient?.id}`
    expect(registered()).not.toContain(ours)
    await rig.asAnotherProcess(() => syncSandboxClients(), beside)
    expect(registered()).toContain(ours)
  })
})
