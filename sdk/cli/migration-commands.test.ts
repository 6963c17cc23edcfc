import { describe, expect, it } from 'vitest'
import { problem, SOME_KEY } from '../../tests/fake-keyrack'
import { runCli } from './run-cli'

const KEY = 'old-key-of-octorate'
const CSV = `key;id\n${KEY};324410\n`
const counts = { pending: 0, sent: 0, received: 0, stored: 0, verified: 2, failed: 0, ambiguous: 0, skipped: 1 }
const state = (given: object = {}) => Response.json({ id: 'm-1', state: 'finished', stopReason: null, total: 3, counts, ...given })
const lines = (...items: object[]) => Response.json({ items, total: items.length })

async function keyrack(args: string, answers: Response[] = [], file = CSV) {
  const [out, said, asked] = [[] as string[], [] as string[], [] as Request[]]
  const code = await runCli(args.split(' '), {
    env: { KEYRACK_URL: 'https://keyrack.example.com', KEYRACK_MACHINE_KEY: SOME_KEY },
    fetch: async (input, init) => {
      asked.push(new Request(input, init))
      return answers.shift() ?? Promise.reject(new Error('nobody expected this call'))
    },
    readFile: async (path) => (path === 'missing' ? Promise.reject(new Error('ENOENT')) : file),
    host: 'data-1',
    print: (text) => out.push(text),
    say: (text) => said.push(text),
    sleep: async () => undefined,
  })
  const paths = asked.map(({ method, url }) => `${method} ${url.replace('https://keyrack.example.com/api/v1', '')}`)
  return { code, out: out.join(''), said: said.join(''), asked, paths }
}

describe('keyrack migrations import', () => {
  it('hands the file over as it is and follows to the end', async () => {
    const running = state({ state: 'running', counts: { ...counts, verified: 1, pending: 1 } })
    const { code, out, said, asked, paths } = await keyrack('migrations import f --api-client a --per-second 2.5', [running.clone(), running, state()])
    expect(paths).toEqual(['POST /migrations?apiClientId=a&perSecond=2.5', 'GET /migrations/m-1', 'GET /migrations/m-1'])
    expect([asked[0]?.headers.get('content-type'), await asked[0]?.text()]).toEqual(['text/csv', CSV])
    expect([code, out, said]).toEqual([0, 'Migration m-1: finished. 2 verified, 1 skipped, 0 failed, 0 ambiguous, of 3.\n', '2 of 3\n3 of 3\n'])
  })

  it('knows lines of JSON by their beginning', async () => {
    const { asked } = await keyrack('migrations import f --api-client a --no-wait', [state()], '\uFEFF\n{"key":"k","propertyId":"7"}')
    expect(asked[0]?.headers.get('content-type')).toBe('application/x-ndjson')
  })

  it('ends with 1 and names the lines when some did not become a connection', async () => {
    const bad = state({ counts: { ...counts, verified: 1, failed: 1 } })
    const line = { number: 2, propertyId: '324410', state: 'failed', reason: 'old_key_refused', nextAction: 'check_key' }
    const { code, out, paths } = await keyrack('migrations import f --api-client a', [state(), bad, lines(line)])
    expect([code, paths.at(-1)]).toEqual([1, 'GET /migrations/m-1/lines?state=failed&offset=0&limit=1000'])
    expect(out).toContain('2     324410    failed  old_key_refused  check_key\n')
  })

  it('ends with 1 when it stopped by itself, and says why', async () => {
    const { code, out } = await keyrack('migrations import f --api-client a', [state(), state({ state: 'stopped', stopReason: 'line_not_verified' })])
    expect([code, out.startsWith('Migration m-1: stopped (line_not_verified).')]).toEqual([1, true])
  })

  it('only looks with --dry-run', async () => {
    const items = [{ number: 2, propertyId: '324410', verdict: 'ready' }, { number: 3, propertyId: '324417', verdict: 'already_connected' }]
    const { code, out, paths } = await keyrack('migrations import f --api-client a --dry-run', [Response.json({ isListed: false, total: 2, items })])
    expect([code, paths]).toEqual([0, ['POST /migrations/check?apiClientId=a']])
    expect(out).toBe(`Nothing was sent by this dry run: 1 ready of 2. Octorate could not be asked which properties it knows.
LINE  PROPERTY  VERDICT
3     324417    already_connected
`)
  })

  it('repeats no key when the file is refused', async () => {
    const { code, out, said } = await keyrack('migrations import f --api-client a', [problem(422, 'key_line_malformed', { issues: [{ path: '2.2', message: 'property_exponent' }] })])
    expect([code, out]).toEqual([1, ''])
    expect(said).toContain('2.2: property_exponent')
    expect(said).not.toContain(KEY)
  })

  it.each(['f', 'missing --api-client a', 'f --api-client a --per-second fast', 'f --api-client a --per-second 0'])('sends nothing for "%s"', async (args) => {
    const { code, asked } = await keyrack(`migrations import ${args}`)
    expect([code, asked.length]).toEqual([2, 0])
  })
})

describe('keyrack migrations', () => {
  it.each([
    ['status', 'GET /migrations/m-1'], ['pause', 'POST /migrations/m-1/pause'], ['resume', 'POST /migrations/m-1/resume'],
    ['retry', 'POST /migrations/m-1/retry'], ['cancel', 'POST /migrations/m-1/cancel'],
  ])('%s is one call, and prints the state', async (verb, call) => {
    const { code, out, paths } = await keyrack(`migrations ${verb} m-1 --json`, [state({ state: 'paused' })])
    expect([code, paths, (JSON.parse(out) as { state: string }).state]).toEqual([0, [call], 'paused'])
  })

  it('reports as CSV, or one JSON value a line', async () => {
    const report = new Response('line,property\r\n2,324410\r\n', { headers: { 'content-type': 'text/csv; charset=utf-8' } })
    expect((await keyrack('migrations report m-1', [report])).out).toBe('line,property\r\n2,324410\r\n')
    expect((await keyrack('migrations report m-1 --json', [lines({ number: 2 }, { number: 3 })])).out).toBe('{"number":2}\n{"number":3}\n')
  })
})
