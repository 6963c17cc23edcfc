import { parseArgs } from 'node:util'
import { STRATEGIES } from '@/contracts/api-clients'
import { strategyVerdict } from '@/contracts/strategy-needs'
import { supportReport } from '@/contracts/support-report'
import type { Examination } from '@/contracts/xray'
import { toFindings } from '@/contracts/xray-findings'
import { findCredentials } from '@/lib/xray/find-credentials'
import { maskSecretShapes } from '@/lib/xray/mask-secret-shapes'
import { translator } from '@/messages/translator'
import { clientSecret } from '../crypto/tokens'
import type { UpstreamFetch } from '../octorate/sockets'
import type { Upstream } from '../upstreams'
import { examine } from './examine'
import { tellXray } from './tell-xray'

/** What the command touches; tests bring their own. */
export interface XrayWorld {
  readonly upstreams: readonly Upstream[]
  readonly fetch: UpstreamFetch
  readonly clock: () => Date
  /** Text of a file, or of standard input for `-`. @throws whatever the system says */
  readMail(place: string): Promise<string>
  /** The result alone. */
  print(text: string): void
  /** For people; never part of the result. */
  say(text: string): void
}

/** As those of the client's commands: done, refused by Octorate, wrong use, not available now. */
const EXIT = { ok: 0, refused: 1, usage: 2, unavailable: 3 } as const
export type XrayExit = (typeof EXIT)[keyof typeof EXIT]

const MASK = '••••'
const MAY_PASS: readonly string[] = ['upstream_unreachable', 'upstream_timeout', 'upstream_quota']

const HELP = `Usage: keyrack xray [FILE] [options]

Reads Octorate's welcome mail from FILE or standard input, finds client id and client secret in it, logs in and reads
the configuration, and says what they are good for. Nothing is written at Octorate, and nothing is kept here. The mail
is no argument, because others on this machine see those.

  keyrack xray mail.eml
  pbpaste | keyrack xray

  --upstream ID  where the credentials are from (default octorate; sandbox is the one beside a console here)
  --json         prints one JSON value: findings, strategies, configuration, masked calls, and the report
  --help         prints this

Exit codes: 0 examined, 1 Octorate refused, 2 wrong use or no credentials in the mail, 3 not available now.
`

/** Wrong arguments, or a mail without credentials. Its message holds nothing of either: both may be secrets. */
class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** `keyrack xray`: the X-ray of the page in a terminal, wholly in memory. Neither secret nor token is ever printed. */
export async function runXray(args: readonly string[], world: XrayWorld): Promise<XrayExit> {
  try {
    return await run(args, world)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    world.say(args.includes('--json') ? `${JSON.stringify({ error: { code: 'usage', message: error.message } })}\n` : `keyrack: ${error.message}\n`)
    return EXIT.usage
  }
}

async function run(args: readonly string[], world: XrayWorld): Promise<XrayExit> {
  const { values, positionals } = parse(args)
  if (values.help === true) {
    world.print(HELP)
    return EXIT.ok
  }
  const [place = '-', ...more] = positionals
  if (more.length > 0) throw new UsageError('Usage: keyrack xray [FILE]')
  const upstream = world.upstreams.find(({ id }) => id === (values.upstream ?? 'octorate'))
  if (!upstream) throw new UsageError(`--upstream is one of ${world.upstreams.map(({ id }) => id).join(', ')}.`)
  const found = requireCredentials(await readMail(world, place))
  const credentials = { clientId: found.clientId, clientSecret: clientSecret(found.clientSecret) }
  const examination = await examine({ upstream, credentials, fetch: world.fetch, clock: world.clock })
  // A secret that stands where the id belongs is a secret still.
  const clientId = maskSecretShapes(found.clientId)
  // Octorate may repeat whatever it was sent.
  const masked = (text: string) => text.replaceAll(found.clientSecret, MASK)
  const json = () => JSON.stringify(toJson(clientId, examination), (_key, value: unknown) => (typeof value === 'string' ? masked(value) : value))
  world.print(values.json === true ? `${json()}\n` : masked(tellXray(clientId, examination)))
  return exitOf(examination)
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: { upstream: { type: 'string' }, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
    })
  } catch {
    throw new UsageError('These arguments are not known. See keyrack xray --help.')
  }
}

async function readMail(world: XrayWorld, place: string): Promise<string> {
  try {
    return await world.readMail(place)
  } catch (error) {
    const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? ` (${error.code})` : ''
    throw new UsageError(`The mail cannot be read${code}: FILE is the name of a file that holds it.`)
  }
}

function requireCredentials(mail: string): { clientId: string; clientSecret: string } {
  const t = translator('xray')
  if (mail.trim() === '') throw new UsageError(t('emptyMail'))
  const { clientId, clientSecret } = findCredentials(mail)
  if (clientId === null) throw new UsageError(t('noId'))
  if (clientSecret === null) throw new UsageError(t('noSecret'))
  return { clientId, clientSecret }
}

function toJson(clientId: string, examination: Examination) {
  const permissions = examination.configuration?.permissions
  return {
    clientId,
    ...examination,
    findings: toFindings(examination),
    strategies: permissions === undefined ? null : STRATEGIES.map((strategy) => ({ strategy, verdict: strategyVerdict(strategy, permissions) })),
    report: supportReport(clientId, examination),
  }
}

function exitOf({ login, reading }: Examination): XrayExit {
  const failed = login === 'accepted' ? reading : login
  if (failed === null) return EXIT.ok
  return MAY_PASS.includes(failed) ? EXIT.unavailable : EXIT.refused
}
