import { describe, expect, it } from 'vitest'
import { noAnswer, problem, SOME_KEY, token } from '../../tests/fake-keyrack'
import { plain } from './plain'
import { runCli } from './run-cli'

const CONNECTION = 'b9b0a8a2-6f1e-4b58-9a0a-2f0f3f3c9f10'
const REFRESH_TOKEN = 'octorate-refresh-token-1'
const line = (fields: object) => JSON.stringify(fields)

const connection = (given: object = {}) => ({
  id: CONNECTION, name: 'Casa Blu', apiClientId: 'a', environment: 'SANDBOX', isNetwork: false, status: 'healthy', cause: null, frozen: false,
  statusSince: '2026-03-16T09:10:11.360Z', accessExpiresAt: '2026-03-17T09:10:11.360Z', handle: 'krk_conn_x',
  properties: [{ propertyId: '324410', name: 'Casa Blu', city: null, country: null, timeZone: null, linked: true }],
  ...given,
})
const importState = (given: object = {}) => ({
  id: 'i-1', name: 'Import', state: 'finished', probe: true, total: 2,
  counts: { pending: 0, stored: 1, duplicate: 1, refused: 0, failed: 0, handed_back: 0 },
  createdAt: '2026-03-16T09:10:11.360Z', finishedAt: null, lines: [], ...given,
})

interface Scene {
  readonly answers?: (Response | Error)[]
  readonly files?: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
}

/** Runs the command as a person would, against answers made by hand. */
async function keyrack(args: string, { answers = [], files = {}, env = { KEYRACK_URL: 'https://keyrack.example.com', KEYRACK_MACHINE_KEY: SOME_KEY } }: Scene = {}) {
  const [out, said, asked, slept] = [[] as string[], [] as string[], [] as Request[], [] as number[]]
  const code = await runCli(args.split(' ').filter(Boolean), {
    env,
    fetch: async (input, init) => {
      asked.push(new Request(input, init))
      const answer = answers.shift() ?? new Error('nobody expected this call')
      if (answer instanceof Error) throw answer
      return answer
    },
    readFile: async (path) => files[path] ?? Promise.reject(new Error('ENOENT')),
    host: 'data-1',
    print: (text) => out.push(text),
    say: (text) => said.push(text),
    sleep: async (ms) => void slept.push(ms),
  })
  return { code, out: out.join(''), said: said.join(''), asked, slept }
}

describe('keyrack token', () => {
  it('prints the token and nothing else, so that a shell can put it into a variable', async () => {
    const { code, out, said, asked } = await keyrack('token 324410', { answers: [token('one')] })
    expect([code, out, said, asked.map(({ url }) => new URL(url).pathname)]).toEqual([0, 'one\n', '', ['/api/v1/properties/324410/access-token']])
  })

  it('takes a UUID for the id of a connection, and the least life', async () => {
    const { asked } = await keyrack(`token ${CONNECTION} --min-ttl 3600`, { answers: [token('one')] })
    expect(asked[0]?.url).toBe(`https://keyrack.example.com/api/v1/connections/${CONNECTION}/access-token?minTtl=3600`)
  })

  it('prints what a program needs with --json', async () => {
    const { out } = await keyrack('token 324410 --json', { answers: [token('one', 3_600)] })
    expect(JSON.parse(out)).toMatchObject({ connectionId: 'c-1', accessToken: 'one', expiresAt: '2026-03-17T09:10:11.360Z' })
  })
})

describe('exit codes', () => {
  it.each([
    ['1 when Keyrack refuses', 1, problem(403, 'machine_key_scope')],
    ['1 when it is not Keyrack', 1, new Response('hello')],
    ['3 when there is nothing now', 3, problem(503, 'temporarily_unavailable', { retryAfterSeconds: 40 })],
    ['4 when the hotelier has to give consent again', 4, problem(409, 'reconnect_required')],
  ])('are %s', async (_, code, answer) => {
    const result = await keyrack('token 324410', { answers: [answer] })
    expect([result.code, result.out]).toEqual([code, ''])
    expect(result.said).toMatch(/^keyrack: .+\n$/)
  })

  it('are 3 when nothing answers at all', async () => {
    const result = await keyrack('token 324410', { answers: [1, 2, 3, 4].map(() => noAnswer()) })
    expect([result.code, result.said]).toEqual([3, 'keyrack: Keyrack does not answer (ECONNREFUSED). (unreachable)\n'])
  })

  it.each([
    '', 'nonsense', 'constructor', 'token', 'token 1 2', 'token 1 --wrong', 'token 1 --min-ttl soon', 'token 1 --min-ttl 50000', 'token 1 --key-file missing',
    'connections 1', 'connections --status ill', 'import', 'import f', 'import missing --api-client a', 'refresh',
  ])('are 2 for "%s", and nothing is sent', async (args) => {
    const { code, asked, out, said } = await keyrack(args)
    expect([code, asked.length, out, said.length > 0]).toEqual([2, 0, '', true])
  })

  it.each([
    [{}, 'KEYRACK_URL is not set'],
    [{ KEYRACK_URL: 'https://keyrack.example.com' }, 'KEYRACK_MACHINE_KEY is not set'],
    [{ KEYRACK_URL: 'http://keyrack.example.com', KEYRACK_MACHINE_KEY: SOME_KEY }, 'https://'],
    [{ KEYRACK_URL: 'https://keyrack.example.com', KEYRACK_MACHINE_KEY: 'hunter2' }, 'no machine key'],
  ])('are 2 for the settings %j', async (env, what) => {
    const { code, said } = await keyrack('token 1', { env })
    expect([code, said.includes(what), said.includes('hunter2')]).toEqual([2, true, false])
  })

  it('come with the error as JSON beside the result when JSON was asked for', async () => {
    const { out, said } = await keyrack('token 1 --json', { answers: [problem(503, 'temporarily_unavailable', { retryAfterSeconds: 40 })] })
    expect(out).toBe('')
    expect(JSON.parse(said)).toEqual({
      error: { code: 'temporarily_unavailable', message: 'It did not go well. Do this.', status: 503, requestId: 'r-1', retryAfterSeconds: 40, connectionIds: [], issues: [] },
    })
  })
})

describe('a refusal', () => {
  it('names the connections to choose from, or the field that is wrong', async () => {
    const several = await keyrack('token 1', { answers: [problem(409, 'property_ambiguous', { connectionIds: ['c-1', 'c-2'] })] })
    expect(several.said).toBe('keyrack: It did not go well. Do this. c-1, c-2 (property_ambiguous, request r-1)\n')
    const wrong = problem(400, 'invalid_input', { issues: [{ path: 'apiClientId', message: 'Invalid UUID' }, 7, { path: 1 }] })
    const { said } = await keyrack('refresh nonsense', { answers: [wrong] })
    expect(said).toBe('keyrack: It did not go well. Do this. apiClientId: Invalid UUID (invalid_input, request r-1)\n')
  })
})

describe('help', () => {
  it.each(['--help', '-h', 'help', 'token --help', 'connections --help', 'import --help', 'refresh -h'])('is the result of "%s" and names the exit codes', async (args) => {
    const { code, out, said } = await keyrack(args, { env: {} })
    expect([code, said, out.includes('Exit codes'), out.includes('Usage: keyrack')]).toEqual([0, '', true, true])
  })
})

describe('the machine key', () => {
  it('comes from a file that may end with a new line, before the environment', async () => {
    const other = SOME_KEY.replace('KK', 'LL')
    const { asked } = await keyrack('token 1 --key-file key', { answers: [token('one')], files: { key: `${other}\n` } })
    expect(asked[0]?.headers.get('authorization')).toBe(`Bearer ${other}`)
  })

  it('cannot be an argument, because the list of processes shows those', async () => {
    const { code } = await keyrack(`token 1 --key ${SOME_KEY}`)
    expect(code).toBe(2)
  })
})

describe('keyrack connections', () => {
  it('prints a table for people, without what would move their cursor', async () => {
    const evil = connection({ name: 'Casa\u001B[2J\u202E', status: 'refresh_failing', cause: 'quota', accessExpiresAt: null, properties: [] })
    const { out } = await keyrack('connections', { answers: [Response.json({ items: [connection(), evil], nextCursor: null })] })
    expect(out).toBe(
      `CONNECTION                            STATUS                   ACCESS EXPIRES        PROPERTY  NAME\n` +
        `${CONNECTION}  healthy                  2026-03-17T09:10:11Z  324410    Casa Blu\n` +
        `${CONNECTION}  refresh_failing (quota)  -                     -         Casa\u{FFFD}[2J\u{FFFD}\n`,
    )
  })

  it('says beside the status that hand-outs are frozen, because every token of it is refused', async () => {
    const { out } = await keyrack('connections', { answers: [Response.json({ items: [connection({ frozen: true })], nextCursor: null })] })
    expect(out).toContain(`${CONNECTION}  healthy, frozen  2026-`)
  })

  it('prints one JSON value on each line with --json, and asks for the status', async () => {
    const { out, asked } = await keyrack('connections --status healthy --json', {
      answers: [Response.json({ items: [connection()], nextCursor: 'n' }), Response.json({ items: [connection()], nextCursor: null })],
    })
    expect(out.trim().split('\n').map((each) => JSON.parse(each))).toEqual([connection(), connection()])
    expect(asked.map(({ url }) => new URL(url).searchParams.get('status'))).toEqual(['healthy', 'healthy'])
  })

  it('prints nothing as the result when there is none', async () => {
    const { code, out, said } = await keyrack('connections', { answers: [Response.json({ items: [], nextCursor: null })] })
    expect([code, out, said]).toEqual([0, '', 'No connection.\n'])
  })
})

describe('keyrack import', () => {
  const files = { f: `${line({ refreshToken: REFRESH_TOKEN, propertyId: '324410' })}\n\n${line({ refreshToken: 'two', name: 'B' })}\n` }

  it('sends the lines, follows the import and ends with 0 when all are there', async () => {
    const running = importState({ state: 'running', counts: { pending: 1, stored: 1, duplicate: 0, refused: 0, failed: 0, handed_back: 0 } })
    const { code, out, said, asked, slept } = await keyrack('import f --api-client a-1 --no-probe --name cohort', {
      files, answers: [Response.json(importState({ state: 'running' })), Response.json(running), Response.json(importState())],
    })
    expect(code).toBe(0)
    expect(asked[0]?.url).toBe('https://keyrack.example.com/api/v1/imports?apiClientId=a-1&name=cohort&probe=false')
    expect([out, said, slept]).toEqual(['Import i-1: finished. 1 stored, 1 there already, 0 refused, 0 failed, of 2.\n', '1 of 2\n2 of 2\n', [2_000]])
  })

  it('ends with 1 when a line was refused, and shows which and why', async () => {
    const report = importState({
      counts: { pending: 0, stored: 1, duplicate: 0, refused: 1, failed: 0, handed_back: 0 },
      lines: [{ number: 2, propertyId: null, state: 'refused', reason: 'refresh_token_dead' }],
    })
    const { code, out } = await keyrack('import - --api-client a', { files: { '-': files.f }, answers: [Response.json(report), Response.json(report)] })
    expect([code, out.split('\n').slice(1, 3)]).toEqual([1, ['LINE  PROPERTY  STATE    REASON', '2     -         refused  refresh_token_dead']])
  })

  it('prints the id alone with --no-wait, and the report as JSON with --json', async () => {
    const short = await keyrack('import f --api-client a --no-wait', { files, answers: [Response.json(importState())] })
    expect([short.code, short.out]).toEqual([0, 'i-1\n'])
    const json = await keyrack('import f --api-client a --json', { files, answers: [Response.json(importState()), Response.json(importState())] })
    expect(JSON.parse(json.out)).toEqual(importState())
  })

  it.each([
    ['', 'The file holds no line.'],
    ['nothing', 'Line 1 is not a JSON object'],
    ['[]', 'Line 1 is not a JSON object'],
    [`${files.f}${line({ propertyId: '1' })}`, 'Line 4 has no refreshToken'],
    [line({ refreshToken: REFRESH_TOKEN, property_id: '1' }), 'Line 1 has other fields'],
    [line({ refreshToken: REFRESH_TOKEN, propertyId: 1 }), 'Line 1 has a propertyId'],
  ])('names the line that is wrong in %j, sends none and repeats no token', async (text, what) => {
    const { code, said, asked } = await keyrack('import f --api-client a', { files: { f: text } })
    expect([code, said.includes(what), said.includes(REFRESH_TOKEN), asked.length]).toEqual([2, true, false, 0])
  })
})

describe('keyrack refresh', () => {
  it('says until when the new token lives, and does not print it', async () => {
    const { code, out, asked } = await keyrack(`refresh ${CONNECTION}`, {
      answers: [Response.json({ connectionId: CONNECTION, accessExpiresAt: '2026-03-17T09:10:11.360Z' })],
    })
    expect([code, out]).toEqual([0, 'The new access token expires at 2026-03-17T09:10:11.360Z.\n'])
    expect([asked[0]?.method, new URL(asked[0]?.url ?? '').pathname, await asked[0]?.text()]).toEqual(['POST', `/api/v1/connections/${CONNECTION}/refresh`, ''])
  })
})

describe('plain', () => {
  it('leaves names of all languages as they are', () => {
    expect(plain('Hôtel Été – 東京 🏨')).toBe('Hôtel Été – 東京 🏨')
  })
})
