import { describe, expect, it } from 'vitest'
import { problem, SOME_KEY } from '../../tests/fake-keyrack'
import { runCli } from './run-cli'

const ID = 'b9b0a8a2-6f1e-4b58-9a0a-2f0f3f3c9f10'
const ENTRY = '0a6e0d2f-3a52-4dbb-9f63-0c6d53c7e1aa'
const REST = 'https://api.octorate.example/connect/rest/v1'
const TOKEN = 'octorate-admin-token-1'
const entry = (given: object = {}) => ({ id: ENTRY, line: 1, block: '8.8.8.0/24', comment: 'office', owner: 'Ada', expiresAt: null, findings: [], ...given })
const list = (given: object = {}) => ({
  apiClientId: ID, revision: 1, state: 'confirmed', drift: { added: [], removed: [] }, unrequested: { added: [], removed: [] }, restBase: REST,
  addressCount: 256, entries: [entry()], ...given,
})
const imported = (given: object = {}) => ({
  revision: 1, applied: false, lines: [], diff: { added: ['9.9.9.9'], removed: [], kept: [] }, needs: { lockOut: [], empty: false, wide: [] }, wrongCount: 0, ...given,
})
const adminToken = { apiClientId: ID, adminToken: TOKEN, expiresAt: '2027-03-17T09:10:11.360Z', expiresIn: 9, fingerprint: '0123456789abcdef', restBase: REST }
const json = (value: object, init: ResponseInit = {}) => Response.json(value, init)

async function keyrack(args: readonly string[], answers: (Response | Error)[], files: Readonly<Record<string, string>> = {}) {
  const [out, said] = [[] as string[], [] as string[]]
  const asked: { method: string; path: string; authorization: string | null; body: unknown }[] = []
  const code = await runCli(args, {
    env: { KEYRACK_URL: 'https://keyrack.example.com', KEYRACK_MACHINE_KEY: SOME_KEY },
    host: 'data-1',
    fetch: async (input, init) => {
      const request = new Request(input, init)
      const text = await request.text()
      asked.push({
        method: request.method, path: request.url.replace('https://keyrack.example.com/api/v1', ''),
        authorization: request.headers.get('authorization'), body: text === '' ? null : JSON.parse(text),
      })
      const answer = answers.shift() ?? new Error('nobody expected this call')
      if (answer instanceof Error) throw answer
      return answer
    },
    readFile: async (path) => files[path] ?? Promise.reject(new Error('ENOENT')),
    print: (text) => out.push(text),
    say: (text) => said.push(text),
    sleep: async () => undefined,
  })
  return { code, out: out.join(''), said: said.join(''), asked }
}

describe('keyrack whitelist', () => {
  it('lists entries with their findings, and says how far the list is on its way to Octorate', async () => {
    const findings = [{ code: 'reserved', otherLine: null, count: null, merged: null, reserved: 'private' }]
    const given = list({ state: 'draft', drift: { added: ['10.0.0.1'], removed: [] }, entries: [entry(), entry({ line: 2, block: '10.0.0.1', findings, comment: 'a\u001b[31m' })] })
    const { code, out, said } = await keyrack(['whitelist', 'list', ID], [json(given)])
    expect([code, said]).toEqual([0, 'draft: 1 more and 0 less than Octorate confirmed. 256 addresses.\n'])
    expect(out.split('\n').at(2)).toBe('2     10.0.0.1    -        reserved  Ada    a\u{FFFD}[31m')
  })

  it('adds with a comment, which is required, and for a time', async () => {
    expect((await keyrack(['whitelist', 'add', ID, '8.8.8.8'], [])).code).toBe(2)
    const { code, asked } = await keyrack(['whitelist', 'add', ID, '8.8.8.8', '--comment', 'night shift', '--for', '1d'], [json(list())])
    expect(code).toBe(0)
    expect(asked).toMatchObject([{ method: 'POST', path: `/api-clients/${ID}/ip-whitelist/entries`, body: { block: '8.8.8.8', comment: 'night shift', expires: { inHours: 24 } } }])
  })

  it('tells what is wrong with a network, in the words of Keyrack', async () => {
    const refusal = problem(400, 'invalid_input', { issues: [{ path: 'block', message: 'The network does not begin at this address. Perhaps 8.8.8.0/24 is meant.' }] })
    const { code, said } = await keyrack(['whitelist', 'add', ID, '8.8.8.8/24', '--comment', 'x'], [refusal])
    expect(code).toBe(1)
    expect(said).toContain('block: The network does not begin at this address. Perhaps 8.8.8.0/24 is meant.')
  })

  it('removes the entry that is written exactly so, and no other', async () => {
    const { code, asked } = await keyrack(['whitelist', 'remove', ID, '8.8.8.0/24', '--empty'], [json(list()), json(list({ entries: [] }))])
    expect([code, asked.map(({ method, path }) => `${method} ${path}`).at(1)]).toEqual([0, `DELETE /api-clients/${ID}/ip-whitelist/entries/${ENTRY}?empty=true`])
    const missed = await keyrack(['whitelist', 'remove', ID, '8.8.8.8'], [json(list())])
    expect([missed.code, missed.said, missed.asked]).toEqual([1, 'keyrack: The list has no entry 8.8.8.8.\n', [expect.anything()]])
  })

  it.each([
    [{ verdict: 'listed', match: { line: 1, block: '8.8.8.0/24', comment: 'office' }, nearest: null, sentence: null }, 0, '8.8.8.8 is listed: line 1, 8.8.8.0/24, office.\n'],
    [
      { verdict: 'not_listed', match: null, nearest: { line: 2, block: '8.8.9.0/24', comment: 'lab', distance: 248, side: 'above' }, sentence: null }, 1,
      '8.8.8.8 is not listed. Nearest is line 2, 8.8.9.0/24, lab: 248 above.\n',
    ],
    [{ verdict: 'not_listed', match: null, nearest: null, sentence: null }, 1, '8.8.8.8 is not listed: the list is empty.\n'],
    [{ verdict: 'ipv6', match: null, nearest: null, sentence: 'This is an IPv6 address.' }, 1, 'This is an IPv6 address.\n'],
  ])('checks an address: %j', async (answer, code, out) => {
    expect(await keyrack(['whitelist', 'check', ID, '8.8.8.8'], [json({ address: '8.8.8.8', ...answer })])).toMatchObject({ code, out })
  })

  it('looks at an import before it is made, and makes none of which a line is wrong', async () => {
    const lines = [{ line: 3, text: '8.8.8.8/24', block: null, comment: null, code: 'host_bits', position: 9, sentence: 'Not the beginning.', suggestions: [], outcome: 'wrong', findings: [] }]
    const wrong = await keyrack(['whitelist', 'import', ID, 'list.txt', '--comment', 'x'], [json(imported({ lines, wrongCount: 1 }))], { 'list.txt': '8.8.8.8/24' })
    expect([wrong.code, wrong.out]).toEqual([1, 'line 3: 8.8.8.8/24: Not the beginning.\nNothing was changed: 1 added, 0 removed, 0 kept, 1 wrong.\n'])
    const right = await keyrack(['whitelist', 'import', ID, 'list.csv', '--comment', 'x', '--replace'], [json(imported()), json(imported({ applied: true }))], { 'list.csv': 'block\n9.9.9.9' })
    expect([right.code, right.out]).toEqual([0, 'Done: 1 added, 0 removed, 0 kept, 0 wrong.\n'])
    expect(right.asked.map(({ body }) => body)).toMatchObject([{ dryRun: true, format: 'csv', mode: 'replace' }, { dryRun: false, format: 'csv', mode: 'replace' }])
  })

  it('only looks with --dry-run', async () => {
    const { asked, out } = await keyrack(['whitelist', 'import', ID, '-', '--comment', 'x', '--dry-run'], [json(imported())], { '-': '9.9.9.9' })
    expect([asked.length, out]).toEqual([1, 'Nothing was changed by this dry run: 1 added, 0 removed, 0 kept, 0 wrong.\n'])
  })

  it.each([
    ['text', '8.8.8.0/24 # =office\n'],
    ['csv', '"block","comment","owner","expiresAt"\r\n"8.8.8.0/24","\'=office","Ada",""\r\n'],
    ['json', `${JSON.stringify({ entries: [{ block: '8.8.8.0/24', comment: '=office', owner: 'Ada', expiresAt: null }] }, null, 2)}\n`],
  ])('exports as %s', async (format, out) => {
    expect(await keyrack(['whitelist', 'export', ID, '--format', format], [json(list({ entries: [entry({ comment: '=office' })] }))])).toMatchObject({ code: 0, out })
  })
})

describe('keyrack whitelist verify', () => {
  const verify = (answer: Response | Error) => keyrack(['whitelist', 'verify', ID, '324410'], [json(adminToken), answer, json(list({ state: 'verified' }))])

  it('calls Octorate from this machine with the admin token, reports the answer, and prints no token', async () => {
    const { code, out, said, asked } = await verify(json({ id: '324410' }, { headers: { 'request-id': 'r-1', 'x-sandbox-client-address': '127.0.0.5' } }))
    expect([code, out]).toEqual([0, 'Octorate answered 200. The address of data-1 is on its list. The sandbox saw 127.0.0.5.\n'])
    expect(asked).toMatchObject([
      { path: `/api-clients/${ID}/admin-token` },
      { path: `${REST}/accommodation/324410`, authorization: `Bearer ${TOKEN}` },
      { body: { propertyId: '324410', host: 'data-1', outcome: 'allowed', status: 200, message: null, upstreamRequestId: 'r-1' } },
    ])
    expect(out + said).not.toContain(TOKEN)
  })

  it.each<[string, Response | Error, string]>([
    ['refused', json({ type: 'ApiSecurityException', message: 'errNoResourcesForIdentity' }, { status: 403 }), 'refused'],
    ['for another property', json({ id: '1' }), 'unclear'],
    ['with a page', new Response('<html>', { status: 403 }), 'unclear'],
    ['not at all', new Error('ECONNREFUSED'), 'unclear'],
    ['for want of quota', json({ type: 'ApiQuotaException' }, { status: 403 }), 'unclear'],
  ])('ends with 1 when it was answered %s', async (_how, answer, outcome) => {
    const { code, asked } = await verify(answer)
    expect(code).toBe(1)
    expect(asked.at(2)).toMatchObject({ body: { outcome } })
  })

  it('asks Octorate nothing when Keyrack gives no token', async () => {
    const { code, asked, said } = await keyrack(['whitelist', 'verify', ID, '324410'], [problem(403, 'admin_token_needs_restriction')])
    expect([code, asked.length]).toEqual([1, 1])
    expect(said).toContain('admin_token_needs_restriction')
  })
})

describe('keyrack egress', () => {
  const caller = (address: string | null) => json({ address, isTiedToAddresses: false })

  it('tells what Keyrack sees, and claims nothing about Octorate', async () => {
    expect(await keyrack(['egress'], [caller('198.51.100.7')])).toMatchObject({ code: 0, out: 'Keyrack sees 198.51.100.7.\n' })
    expect((await keyrack(['egress'], [caller(null)])).out).toBe('Keyrack cannot tell the address of this machine.\n')
  })

  it('tells what the sandbox sees, and says that Octorate does not tell', async () => {
    const ask = (answer: Response | Error) => keyrack(['egress', '--api-client', ID], [caller('127.0.0.1'), json(list()), answer])
    const sandbox = await ask(json({}, { status: 401, headers: { 'x-sandbox-client-address': '127.0.0.5' } }))
    expect(sandbox.out).toBe('Keyrack sees 127.0.0.1.\nThe sandbox sees 127.0.0.5.\n')
    expect(sandbox.asked.at(2)?.authorization).toBeNull()
    for (const answer of [json({}, { status: 401 }), new Error('ECONNREFUSED')]) {
      expect((await ask(answer)).out).toBe('Keyrack sees 127.0.0.1.\nOctorate does not tell what it sees: keyrack whitelist verify proves it.\n')
    }
  })
})
