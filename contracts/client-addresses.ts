import { defineRead } from './define-endpoint'
import { z } from './zod'

/** One station of a request's way, the nearest to us first. */
export const hopSchema = z.object({
  /** As it was written: the socket's peer, or an entry of X-Forwarded-For. */
  text: z.string(),
  from: z.enum(['socket', 'header']),
  /** Canonical; null when it is no address. */
  address: z.string().nullable(),
  isTrusted: z.boolean(),
  /** This is the address that counts. */
  counts: z.boolean(),
  /**
   * `trusted`: one of our proxies, so what it wrote is believed. `first_stranger`: the first that is none, so it is the
   * caller. `leftmost`: all are our proxies, so the first of them is the caller. `no_header`: a proxy that says nothing
   * about whom it speaks for. `malformed`: no address, so the caller is unknown and denied. `not_believed`: written by
   * somebody whom we do not trust.
   */
  reason: z.enum(['trusted', 'first_stranger', 'leftmost', 'no_header', 'malformed', 'not_believed']),
})

export const clientAddressSchema = z.object({
  /** Null when it cannot be found out: such a caller is denied by every list. */
  address: z.string().nullable(),
  unresolved: z.enum(['bad_peer', 'malformed_entry', 'too_long', 'too_many_entries']).nullable(),
  hops: z.array(hopSchema),
  /** As TRUSTED_PROXIES says, canonical. */
  trustedProxies: z.array(z.string()),
})
export type ClientAddressReport = z.infer<typeof clientAddressSchema>

/** How the address of this very request was found. */
export const getClientAddress = defineRead({ path: '/api/client-address', output: clientAddressSchema, permission: 'ip-whitelists:manage' })
