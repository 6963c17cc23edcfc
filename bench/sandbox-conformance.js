import { bundle } from '../bin/bundle.js'
import { ROOT } from './sandbox/start-process.js'
import { TARGETS, versionOf } from './sandbox/targets.js'

const PARALLEL = 20
const ELSEWHERE = 'https://elsewhere.example/callback'
const SHORT_CODE_SECONDS = 2
const CODE_LIFETIME_MS = 60_000

/** Good or bad, by its status; 0 is "not offered". */
const isGood = ({ status }) => status >= 200 && status < 300
const isRefused = ({ status }) => status >= 400 && status < 500

/**
 * What somebody who tests an integration with Octorate needs of a stand-in. Each check first shows that the good case
 * goes through, because a server that refuses everything would pass the bad ones.
 */
const CHECKS = [
  {
    name: 'unregistered redirect URI refused',
    async run(server) {
      const good = await server.authorize()
      const bad = await server.authorize({ redirectUri: ELSEWHERE })
      return good.code !== null && !bad.location?.startsWith(ELSEWHERE)
    },
  },
  { name: 'authorize without response_type', run: async (server) => (await server.authorize({ responseType: '' })).code !== null },
  {
    name: 'grant_type=code understood',
    run: async (server) => isGood(await server.exchange({ code: (await server.authorize()).code, grantType: 'code' })),
  },
  {
    name: 'bogus code refused',
    run: async (server) => isGood(await exchangeNew(server)) && isRefused(await server.exchange({ code: 'sbx_nobody-issued-this-one' })),
  },
  {
    name: 'code works once',
    async run(server) {
      const { code } = await server.authorize()
      return isGood(await server.exchange({ code })) && isRefused(await server.exchange({ code }))
    },
  },
  {
    name: `code works once of ${PARALLEL} at the same time`,
    async run(server) {
      const { code } = await server.authorize()
      const answers = await Promise.all(Array.from({ length: PARALLEL }, () => server.exchange({ code })))
      return answers.filter(isGood).length === 1
    },
  },
  {
    name: 'expired code refused',
    options: { codeSeconds: SHORT_CODE_SECONDS },
    async run(server) {
      const { code } = await server.authorize()
      const { code: late } = await server.authorize()
      const good = await server.exchange({ code })
      await server.passTime(CODE_LIFETIME_MS + 1_000)
      return isGood(good) && isRefused(await server.exchange({ code: late }))
    },
  },
  {
    name: 'wrong client secret refused',
    async run(server) {
      const { body } = await exchangeNew(server)
      const secret = 'not-the-secret-of-this-api-client-0000'
      const bad = [await server.logIn({ secret }), await server.refresh({ token: body.refresh_token, secret })]
      return isGood(await server.logIn()) && bad.every(isRefused)
    },
  },
  {
    name: 'bogus refresh token refused',
    async run(server) {
      const { body } = await exchangeNew(server)
      return isGood(await server.refresh({ token: body.refresh_token })) && isRefused(await server.refresh({ token: 'sbx_nobody-issued-this-one' }))
    },
  },
  {
    name: 'revoked token refused',
    async run(server) {
      const { body } = await exchangeNew(server)
      const before = await server.refresh({ token: body.refresh_token })
      await server.revoke(body.refresh_token)
      return isGood(before) && isRefused(await server.refresh({ token: body.refresh_token }))
    },
  },
  {
    name: 'wrong kind of token refused',
    async run(server) {
      const { body: property } = await exchangeNew(server)
      const { body: admin } = await server.logIn()
      return (await server.use(property.access_token)) === 200 && isRefused({ status: await server.use(admin.access_token) })
    },
  },
  {
    name: 'list of redirect URIs is replaced whole',
    async run(server) {
      const replaced = await server.replaceRedirectUris([ELSEWHERE])
      if (!isGood(replaced)) return false
      const [former, present] = [await server.authorize(), await server.authorize({ redirectUri: ELSEWHERE })]
      return former.code === null && present.code !== null
    },
  },
  { name: 'old key migrated once', run: async (server) => isGood(await server.migrate()) && isRefused(await server.migrate()) },
]

/** Runs the checks against all three servers, each check on a server of its own, and prints a table before the line. */
export async function measureSandboxConformance({ defer, say }) {
  process.chdir(ROOT)
  await bundle(['sandbox'])
  const columns = []
  for (const [name, { packageName, start }] of Object.entries(TARGETS)) {
    const column = { name, version: await versionOf(packageName), passed: [], failed: [] }
    for (const { name: check, run, options = {} } of CHECKS) {
      const server = await start({ defer, ...options })
      const isPassed = await run(server)
      column[isPassed ? 'passed' : 'failed'].push(check)
    }
    columns.push(column)
  }
  say(tableOf(columns))
  return {
    command: 'npm run bench -- sandbox-conformance',
    checks: CHECKS.length,
    servers: Object.fromEntries(columns.map(({ name, version, passed, failed }) => [name, { version, passed: passed.length, failed }])),
  }
}

async function exchangeNew(server) {
  return server.exchange({ code: (await server.authorize()).code })
}

function tableOf(columns) {
  const width = Math.max(...CHECKS.map(({ name }) => name.length))
  const row = (first, cells) => `${first.padEnd(width)}  ${cells.map((cell, index) => cell.padEnd(titles[index].length)).join('  ')}`
  const titles = columns.map(({ name, version }) => `${name} ${version}`)
  return [
    row('', titles),
    ...CHECKS.map(({ name }) => row(name, columns.map(({ passed }) => (passed.includes(name) ? 'yes' : 'no')))),
    row('', columns.map(({ passed }) => `${passed.length} of ${CHECKS.length}`)),
  ].join('\n')
}
