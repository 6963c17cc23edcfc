import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { toCurl } from './to-curl'

const exchange = {
  method: 'POST',
  url: 'https://api.octorate.com/connect/rest/v1/identity/token',
  requestHeaders: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
  requestForm: { client_id: 'public_1', client_secret: '••••51d3', code: '••••' },
  status: 200,
  responseHeaders: {},
  responseBody: '{}',
  startedAt: '2026-03-01T12:00:00.000Z',
  durationMs: 12,
}

/** The arguments that a shell hands to the command, one per line. */
function readByShell(command: string): string[] {
  return execFileSync('sh', ['-c', command.replace(/^curl/, "printf '%s\\n'")], { encoding: 'utf8' }).trimEnd().split('\n')
}

describe('toCurl', () => {
  it('writes the request as curl takes it, with masked values as they are', () => {
    expect(toCurl(exchange)).toBe(
      [
        'curl --request POST https://api.octorate.com/connect/rest/v1/identity/token',
        "--header 'accept: application/json'",
        "--header 'content-type: application/x-www-form-urlencoded'",
        '--data-urlencode \'client_id=public_1\'',
        "--data-urlencode 'client_secret=••••51d3'",
        "--data-urlencode 'code=••••'",
      ].join(' \\\n  '),
    )
  })

  it('keeps a request without a form free of data, because curl would send a POST', () => {
    expect(toCurl({ ...exchange, method: 'GET', requestForm: null })).not.toContain('--data')
  })

  it('sends JSON as one line that is the same JSON', () => {
    const sent = { redirectUri: ['https://a.example/cb'], applicationName: "L'Hôtel" }
    const command = toCurl({ ...exchange, method: 'PATCH', requestForm: null, requestJson: JSON.stringify(sent, null, 2) })
    expect(command.match(/--data /g)).toHaveLength(1)
    expect(JSON.parse(readByShell(command).at(-1) ?? '')).toEqual(sent)
  })

  it.each(["it's", '$(id)', '`id`', '"; id; "', "'; id; '", '\\', '!!'])(
    'hands %j to the command as it is, because a shell must not run what upstream wrote',
    (value) => {
      expect(readByShell(toCurl({ ...exchange, requestHeaders: {}, requestForm: { name: value } })).at(-1)).toBe(`name=${value}`)
    },
  )

  it('names line ends and escapes, because a terminal acts on them when pasted', () => {
    const command = toCurl({ ...exchange, requestForm: { name: 'a\nrm\u001b[2J\u202e' } })
    expect(command).toContain("'name=a⟨U+000A⟩rm⟨U+001B⟩[2J⟨U+202E⟩'")
  })
})
