import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { createSandbox } from '@/sandbox/create-sandbox'
import { openSockets } from '@/server/octorate/sockets'
import type { Upstream } from '@/server/upstreams'
import { runXray, type XrayWorld } from '@/server/xray/run-xray'

const sandbox = await createSandbox()
const sockets = openSockets()
const [clientId, clientSecret] = ['xray-command-4711', 'sbx_secret_of_the_command_0815']
await sandbox.control.addApiClient({ clientId, clientSecret, redirectUris: ['https://localhost'] })
const MAIL = `Dear developer,\n\nClient id: ${clientId}\nClient secret: ${clientSecret}\n\nBest regards`

afterEach(() => void sandbox.control.faults.clear())
afterAll(async () => {
  await sockets.close()
  await sandbox.close()
})

const upstream = (id: string): Upstream => ({ id, label: `The ${id}`, backOfficeBase: sandbox.backOfficeUrl, apiBase: sandbox.apiUrl, sandbox: true })

async function run(args: readonly string[], mail: string | Error = MAIL) {
  const [printed, said, places]: [string[], string[], string[]] = [[], [], []]
  const world: XrayWorld = {
    upstreams: [upstream('octorate'), upstream('sandbox')],
    fetch: sockets.fetch,
    clock: () => new Date(),
    readMail: async (place) => {
      places.push(place)
      if (mail instanceof Error) throw mail
      return mail
    },
    print: (text) => void printed.push(text),
    say: (text) => void said.push(text),
  }
  const exit = await runXray(args, world)
  return { exit, places, printed: printed.join(''), said: said.join('') }
}

describe('keyrack xray', () => {
  it('tells what the credentials are good for, in the words of the page', async () => {
    const { exit, printed, said } = await run(['mail.eml'])
    expect([exit, said]).toEqual([0, ''])
    for (const line of [
      `Client id ${clientId}, The octorate (${sandbox.apiUrl})`,
      '  ok    Octorate accepts client id and client secret',
      '  ok    Sandbox mode: test data only',
      '  ok    One redirect URI is registered',
      '        https://localhost',
      "  ok    This server's clock and Octorate's agree",
      '  ok    Always new properties. The permissions are enough.',
      '  ApiLogin: accepted',
    ]) expect(printed.split('\n')).toContain(line)
    expect(printed).toMatch(/identity\/apilogin \| status 200 \| request-id [0-9a-f-]{36} \| /)
  })

  it('prints the same as one JSON value, with the report and the masked calls', async () => {
    const { exit, printed } = await run(['--json'])
    expect([exit, printed.trimEnd().includes('\n')]).toEqual([0, false])
    const result: unknown = JSON.parse(printed)
    expect(result).toMatchObject({
      clientId, login: 'accepted', reading: null, configuration: { environment: 'SANDBOX', redirectUris: ['https://localhost'] },
      findings: [{ id: 'login', status: 'pass' }, { id: 'environment' }, { id: 'uris', lines: ['https://localhost'] }, { id: 'clock' }],
      exchanges: [{ method: 'POST', status: 200 }, { method: 'GET', status: 200 }],
    })
    expect(result).toHaveProperty('report', expect.stringContaining(`Client id: ${clientId}\n`))
    expect(result).toHaveProperty('strategies', expect.arrayContaining([{ strategy: 'new_properties', verdict: 'enough' }]))
  })

  it('logs in and reads, and changes nothing', async () => {
    const before = sandbox.control.configuration(clientId)
    const seen = sandbox.control.tape.read().length
    await run([])
    const calls = sandbox.control.tape.read().slice(0, sandbox.control.tape.read().length - seen)
    expect(calls.map(({ method, endpoint }) => `${method} ${endpoint}`).sort()).toEqual(['GET api/configuration', 'POST identity/apilogin'])
    expect(sandbox.control.configuration(clientId)).toEqual(before)
  })

  it.each([[[]], [['--json']]])('prints neither secret nor token with %j, even where Octorate repeats them', async (args) => {
    sandbox.control.faults.add({ endpoint: 'api/configuration', clientId, kind: 'override', merge: { redirectUri: [`https://shop.example/${clientSecret}`] } })
    const { exit, printed } = await run(args)
    expect(exit).toBe(0)
    expect(printed).toContain('https://shop.example/••••')
    expect(printed).not.toContain(clientSecret)
    // Every token of the sandbox begins so.
    expect(printed).not.toMatch(/sbx_[A-Za-z0-9]/)
  })

  it('moves no cursor, whatever Octorate answers', async () => {
    sandbox.control.faults.add({ endpoint: 'api/configuration', clientId, kind: 'override', merge: { redirectUri: ['https://a.example/\u001b[2J\u202e\nApiLogin: accepted'] } })
    const { printed } = await run([])
    for (const unseen of ['\u001b', '\u202e']) expect(printed).not.toContain(unseen)
    expect(printed).toContain('⟨U+001B⟩[2J⟨U+202E⟩⟨U+000A⟩ApiLogin: accepted')
  })

  it.each([
    ['identity/apilogin', { kind: 'quota' }, 3],
    ['identity/apilogin', { kind: 'status', status: 503 }, 3],
    ['api/configuration', { kind: 'quota' }, 3],
    ['api/configuration', { kind: 'role-missing' }, 1],
  ] as const)('tells waiting from a refusal by its exit code: %s, %j', async (endpoint, fault, exit) => {
    sandbox.control.faults.add({ endpoint, clientId, ...fault })
    expect((await run([])).exit).toBe(exit)
  })

  it('says that Octorate refuses a wrong secret, and what to do', async () => {
    const { exit, printed } = await run([], MAIL.replace(clientSecret, 'sbx_another_secret_0815'))
    expect(exit).toBe(1)
    expect(printed).toContain('  no    Octorate did not let us in\n        Octorate refused the client id or the client secret')
    expect(printed).not.toContain('another')
    expect(printed).not.toContain('thrown away')
  })

  it.each([
    ['Hello, your credentials will follow.', 'No client id was found in it.'],
    [`Client id: ${clientId}`, 'No client secret was found in it.'],
    [' \n', 'There is nothing to read'],
  ])('guesses nothing, and calls nobody, for %j', async (mail, sentence) => {
    const seen = sandbox.control.tape.read().length
    const { exit, printed, said } = await run([], mail)
    expect([exit, printed, sandbox.control.tape.read().length]).toEqual([2, '', seen])
    expect(said).toContain(sentence)
  })

  it.each([
    [[clientSecret]],
    [[MAIL]],
    [['mail.eml', clientSecret]],
    [[`--client-secret=${clientSecret}`]],
    [['--upstream', clientSecret]],
    [['--json', MAIL]],
  ])('repeats no argument in what it says, because a secret may have been given as one: %j', async (args) => {
    const { exit, printed, said } = await run(args, Object.assign(new Error(`no such file ${clientSecret}`), { code: 'ENOENT' }))
    expect([exit, printed]).toEqual([2, ''])
    expect(said).not.toBe('')
    expect(said).not.toContain(clientSecret)
  })

  it('reads standard input unless a file is named, and asks only the upstream that is named', async () => {
    expect((await run([])).places).toEqual(['-'])
    expect((await run(['a.eml'])).places).toEqual(['a.eml'])
    expect((await run(['--upstream', 'sandbox'])).printed).toContain('The sandbox')
    expect((await run(['--upstream', 'elsewhere'])).said).toBe('keyrack: --upstream is one of octorate, sandbox.\n')
  })

  it('explains itself without reading anything', async () => {
    const { exit, printed, places } = await run(['--help'])
    expect([exit, places]).toEqual([0, []])
    expect(printed).toContain('Usage: keyrack xray [FILE]')
  })
})
