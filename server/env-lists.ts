import { cidrSentence } from '@/contracts/cidr-sentence'
import { ROLES, type Role } from '@/contracts/permissions'
import type { CidrBlock } from '@/lib/net/cidr-block'
import { parseCidrBlock } from '@/lib/net/parse-cidr-block'
import type { Upstream } from './upstreams'

/** Octorate as the world sees it (contract: "Hosts and paths"). */
const OCTORATE: Upstream = {
  id: 'octorate',
  label: 'Octorate',
  backOfficeBase: 'https://admin.octorate.com',
  apiBase: 'https://api.octorate.com/connect',
  sandbox: false,
}

/** `10.0.0.0/8, 192.0.2.7`: the proxies whose X-Forwarded-For is believed. */
export function parseTrustedProxies(list: string): CidrBlock[] {
  const entries = list.split(',').map((entry) => entry.trim())
  return entries.filter(Boolean).map((entry) => {
    const parsed = parseCidrBlock(entry)
    if ('block' in parsed) return parsed.block
    throw new Error(`TRUSTED_PROXIES: "${entry}" is no IPv4 address or network. ${cidrSentence(parsed)}`)
  })
}

/** `id=back-office-base|api-base`, separated by commas; Octorate itself is always the first. */
export function parseUpstreams(list: string): Upstream[] {
  const entries = list.split(',').map((entry) => entry.trim())
  return [OCTORATE, ...entries.filter(Boolean).map(parseUpstream)]
}

/** `example.com, example.org`: what stands behind the @ of an e-mail. */
export function parseDomains(list: string): string[] {
  return list.split(',').map((entry) => entry.trim().toLowerCase()).filter(Boolean)
}

/** `keyrack-owners=owner, engineers=developer`: groups at the OpenID Connect provider, and the role that each gives. */
export function parseGroupRoles(list: string): ReadonlyMap<string, Role> {
  const entries = list.split(',').map((entry) => entry.trim()).filter(Boolean)
  return new Map(
    entries.map((entry) => {
      const mark = entry.lastIndexOf('=')
      const role = ROLES.find((each) => each === entry.slice(mark + 1).trim())
      if (mark < 1 || !role) throw new Error(`KEYRACK_OIDC_ROLES: "${entry}" is not group=role, with one of ${ROLES.join(', ')}`)
      return [entry.slice(0, mark).trim(), role]
    }),
  )
}

/** `smtps://user:password@mail.example.com:465` */
export function isSmtpAddress(address: string): boolean {
  const url = URL.canParse(address) ? new URL(address) : null
  return url !== null && /^smtps?:$/.test(url.protocol) && url.hostname !== '' && /^\/?$/.test(url.pathname) && !url.search && !url.hash
}

function parseUpstream(entry: string): Upstream {
  const match = /^([a-z][a-z0-9-]*)=([^|]+)\|([^|]+)$/.exec(entry)
  const [, id, backOfficeBase, apiBase] = match ?? []
  if (!id || !backOfficeBase || !apiBase) throw new Error(`KEYRACK_UPSTREAMS: "${entry}" is not id=back-office|api`)
  for (const base of [backOfficeBase, apiBase]) {
    const url = URL.canParse(base) ? new URL(base) : null
    const plain = url?.protocol === 'https:' && !url.username && !url.search && !url.hash
    if (!plain) throw new Error(`KEYRACK_UPSTREAMS: "${base}" must be an https address without query or user`)
  }
  return { id, label: id, backOfficeBase: trim(backOfficeBase), apiBase: trim(apiBase), sandbox: false }
}

function trim(base: string): string {
  return base.replace(/\/+$/, '')
}
