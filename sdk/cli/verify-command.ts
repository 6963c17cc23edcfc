import type { VerificationReport } from '../whitelist-wire'
import type { Command, World } from './command'
import { EXIT } from './exit-codes'
import { plain } from './plain'
import { SEEN_HEADER } from './seen-header'

const WITHIN_MS = 20_000
const LONGEST_MESSAGE = 300

type Seen = Omit<VerificationReport, 'host'> & { readonly seenFrom: string | null }

/** `keyrack whitelist verify`: the only proof there is, from the machine that it is about. */
export const verifyCommand: Command = {
  usage: 'whitelist verify API_CLIENT_ID PROPERTY',
  summary: 'shows Octorate the admin token from this machine, and tells the answer',
  help: `Run it on each server that calls Octorate: what counts is the address that Octorate sees of that machine. PROPERTY is
the id that Octorate gives a property of the API client. The machine key needs the scopes ip-whitelists:manage and
admin-tokens:read, and an enforced restriction of its own. The answer is reported to Keyrack; the token is not printed.
Ends with 1 unless Octorate let the call in.

  --json             prints the answer as JSON on one line
`,
  options: {},
  positionals: 2,
  async run({ client, world, positionals: [id = '', propertyId = ''], json }) {
    const { adminToken, restBase } = await client.getAdminToken(id)
    const { seenFrom, ...seen } = await ask(world, { address: `${restBase}/accommodation/${encodeURIComponent(propertyId)}`, adminToken, propertyId })
    const report = { ...seen, host: plain(world.host).slice(0, 120) || 'unknown' }
    const { state } = await client.reportVerification(id, report)
    world.print(json ? `${JSON.stringify({ ...report, seenFrom, state })}\n` : textFor(report, seenFrom))
    return seen.outcome === 'allowed' ? EXIT.ok : EXIT.refused
  },
}

interface Question {
  readonly address: string
  readonly adminToken: string
  readonly propertyId: string
}

async function ask(world: World, { address, adminToken, propertyId }: Question): Promise<Seen> {
  const nothing = { propertyId, status: null, upstreamRequestId: null, seenFrom: null }
  try {
    const response = await (world.fetch ?? fetch)(address, {
      headers: { accept: 'application/json', authorization: `Bearer ${adminToken}` }, redirect: 'manual', signal: AbortSignal.timeout(WITHIN_MS),
    })
    const body = parse(await response.text())
    const requestId = response.headers.get('request-id')
    return {
      ...nothing, ...judge(response.status, body, propertyId), status: response.status, seenFrom: response.headers.get(SEEN_HEADER),
      upstreamRequestId: requestId !== null && /^[\x21-\x7e]{1,100}$/.test(requestId) ? requestId : null,
    }
  } catch (error) {
    return { ...nothing, outcome: 'unclear', message: messageOf(error instanceof Error ? error.message : 'no answer') }
  }
}

function judge(status: number, body: Readonly<Record<string, unknown>>, propertyId: string): Pick<Seen, 'outcome' | 'message'> {
  if (status === 200 && String(body['id']) === propertyId) return { outcome: 'allowed', message: null }
  const { type, message } = body
  const isRefusal = status === 403 && (type === 'ApiSecurityException' || message === 'errNoResourcesForIdentity')
  return { outcome: isRefusal ? 'refused' : 'unclear', message: messageOf(typeof message === 'string' ? message : typeof type === 'string' ? type : '') }
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}

function messageOf(text: string): string | null {
  const shown = plain(text).trim().slice(0, LONGEST_MESSAGE)
  return shown === '' ? null : shown
}

function textFor({ outcome, status, message, propertyId, host }: VerificationReport, seenFrom: string | null): string {
  const said = status === null ? 'gave no answer' : `answered ${status}`
  const why = message === null ? '' : ` (${message})`
  const seen = seenFrom === null ? '' : ` The sandbox saw ${plain(seenFrom)}.`
  const means = {
    allowed: `The address of ${host} is on its list.`,
    refused: `The address of ${host} is not on its list, or property ${plain(propertyId)} is none of this API account's.`,
    unclear: 'That proves nothing.',
  }
  return `Octorate ${said}${why}. ${means[outcome]}${seen}\n`
}
