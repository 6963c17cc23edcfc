import 'server-only'
import { z } from 'zod'
import { isSmtpAddress, parseDomains, parseGroupRoles, parseTrustedProxies, parseUpstreams } from './env-lists'

const text = z.string().trim().min(1).optional()
const flag = (fallback: 'on' | 'off') => z.enum(['on', 'off']).default(fallback)

/** Every variable that Keyrack reads; `.env.example` and the README's table name the same ones. */
const schema = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().trim().default('127.0.0.1'),
  KEYRACK_URL: z.url().optional(),
  KEYRACK_TLS: text,
  KEYRACK_HSTS_SUBDOMAINS: flag('off'),
  KEYRACK_DATA: z.string().trim().default('.data'),
  KEYRACK_KEYS: text,
  KEYRACK_KEYS_FILE: text,
  KEYRACK_KEYS_COMMAND: text,
  DATABASE_URL: text,
  DATABASE_OWNER_URL: text,
  DATABASE_POOL: z.coerce.number().int().min(2).max(200).default(16),
  DATABASE_PREPARED: flag('on'),
  TRUSTED_PROXIES: z.string().default('').transform(parseTrustedProxies),
  KEYRACK_SANDBOX: z.enum(['on', 'off']).optional(),
  KEYRACK_SANDBOX_PORT: z.coerce.number().int().min(0).max(65_535).default(3001),
  KEYRACK_REFRESH_IN_FLIGHT: z.coerce.number().int().min(1).max(256).default(16),
  KEYRACK_MACHINE_RATE: z.coerce.number().int().min(0).default(2_000_000),
  KEYRACK_REFRESH_RATE: z.coerce.number().min(0).max(1_000).default(20),
  KEYRACK_WORKER: flag('on'),
  KEYRACK_UPSTREAMS: z.string().default('').transform(parseUpstreams),
  KEYRACK_OIDC_ISSUER: z.url().optional(),
  KEYRACK_OIDC_CLIENT_ID: text,
  KEYRACK_OIDC_CLIENT_SECRET: text,
  KEYRACK_OIDC_NAME: z.string().trim().default('single sign-on'),
  KEYRACK_OIDC_DOMAINS: z.string().default('').transform(parseDomains),
  KEYRACK_OIDC_ROLES: z.string().default('').transform(parseGroupRoles),
  KEYRACK_OIDC_GROUPS_CLAIM: z.string().trim().min(1).default('groups'),
  KEYRACK_PASSWORDS: flag('on'),
  KEYRACK_SMTP_URL: z.string().trim().refine(isSmtpAddress, 'must be smtp:// or smtps://, a host, and perhaps user, password and port').optional(),
  KEYRACK_MAIL_FROM: text,
  KEYRACK_WEBHOOKS_TO_LOOPBACK: flag('off'),
  KEYRACK_AUDIT_STREAM: z.enum(['off', 'stdout']).default('off'),
  KEYRACK_METRICS_TOKEN: z.string().trim().min(16).optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
})

export type Env = z.infer<typeof schema>

/** Names of every variable, for the test that holds `.env.example` and the README to them. */
export const ENV_NAMES = Object.keys(schema.shape)

/**
 * Reads and checks the environment. An empty value counts as absent.
 *
 * @throws Error that names each wrong variable and what it should be, never its value.
 */
export function readEnv(source: Readonly<Record<string, string | undefined>> = process.env): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''))
  const parsed = schema.safeParse(given)
  const lines = parsed.success ? missingBeside(parsed.data) : parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`)
  if (parsed.success && lines.length === 0) return parsed.data
  throw new Error(`These variables are not right:\n${lines.join('\n')}\n.env.example documents each of them.`)
}

/** What one variable needs of another. */
function missingBeside(env: Env): string[] {
  return [
    ...(env.KEYRACK_SMTP_URL && !env.KEYRACK_MAIL_FROM ? ['  KEYRACK_MAIL_FROM: is needed with KEYRACK_SMTP_URL'] : []),
    ...(env.KEYRACK_PASSWORDS === 'off' && !(env.KEYRACK_OIDC_ISSUER && env.KEYRACK_OIDC_CLIENT_ID && env.KEYRACK_OIDC_CLIENT_SECRET)
      ? ['  KEYRACK_PASSWORDS: off needs KEYRACK_OIDC_ISSUER, KEYRACK_OIDC_CLIENT_ID and KEYRACK_OIDC_CLIENT_SECRET, or nobody can sign in']
      : []),
  ]
}

/**
 * Tells next-auth, which reads its own variables, the one public address; it never learns it from a Host header.
 */
export function publishAuthAddress(publicUrl: string): void {
  process.env.NEXTAUTH_URL = publicUrl
}
