/** What crosses the wire of Keyrack's machine API about IP authentication, as this client reads it. */
export interface IpWhitelistFinding {
  code: 'duplicate' | 'contained' | 'overlapping' | 'adjacent' | 'reserved' | 'wide' | 'everything'
  otherLine: number | null
  count: number | null
  merged: string | null
  reserved: string | null
}

export interface IpWhitelistEntry {
  id: string
  /** From one. */
  line: number
  /** An IPv4 address or network, canonical. */
  block: string
  comment: string
  owner: string
  expiresAt: string | null
  findings: IpWhitelistFinding[]
}

interface Difference {
  added: string[]
  removed: string[]
}

export interface IpWhitelist {
  apiClientId: string
  revision: number
  state: 'empty' | 'draft' | 'requested' | 'confirmed' | 'verified'
  /** Against what Octorate confirmed last. */
  drift: Difference
  /** Against what Octorate was last asked for. */
  unrequested: Difference
  /** Where Octorate's operations begin. */
  restBase: string
  addressCount: number
  entries: IpWhitelistEntry[]
}

export interface NewIpWhitelistEntry {
  readonly block: string
  readonly comment: string
  readonly owner?: string | undefined
  readonly expires?: { readonly inHours: 6 | 24 | 168 } | { readonly at: string } | null | undefined
}

export interface AddressCheck {
  verdict: 'listed' | 'not_listed' | 'ipv6' | 'unreadable'
  address: string | null
  sentence: string | null
  /** The narrowest entry that it belongs to. */
  match: { line: number; block: string; comment: string } | null
  /** The entry that comes nearest, and by how many addresses it misses. */
  nearest: { line: number; block: string; comment: string; distance: number; side: 'below' | 'above' } | null
}

export interface IpWhitelistImport {
  readonly format: 'text' | 'csv'
  readonly text: string
  readonly mode: 'add' | 'replace'
  /** Of entries that bring none. */
  readonly comment: string
  readonly dryRun: boolean
  /** Says that the list may be left without an entry. */
  readonly empty?: boolean
}

export interface IpWhitelistImported {
  revision: number
  applied: boolean
  lines: {
    line: number
    text: string
    block: string | null
    comment: string | null
    code: string | null
    position: number | null
    sentence: string | null
    suggestions: string[]
    outcome: 'added' | 'same' | 'duplicate' | 'wrong'
    findings: IpWhitelistFinding[]
  }[]
  diff: Difference & { kept: string[] }
  needs: { lockOut: string[]; empty: boolean; wide: string[] }
  wrongCount: number
}

export interface VerificationReport {
  readonly propertyId: string
  /** Name of this machine. */
  readonly host: string
  readonly outcome: 'allowed' | 'refused' | 'unclear'
  readonly status: number | null
  readonly message: string | null
  readonly upstreamRequestId: string | null
}

/** Secret: good for a year and for every property of the API client, from a listed address. */
export interface AdminToken {
  apiClientId: string
  adminToken: string
  expiresAt: string
  expiresIn: number
  fingerprint: string
  restBase: string
}

export interface CallerAddress {
  /** Null when Keyrack could not find it out. */
  address: string | null
  isTiedToAddresses: boolean
}
