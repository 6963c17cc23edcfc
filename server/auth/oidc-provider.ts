import 'server-only'
import type { OAuthConfig } from 'next-auth/providers/oauth'
import { getRuntime } from '../runtime'

interface Profile {
  readonly sub: string
  readonly email?: string
}

/** The OpenID Connect provider, when the environment names one: PKCE, state and nonce are checked. */
export function oidcProvider(): OAuthConfig<Profile>[] {
  const { KEYRACK_OIDC_ISSUER, KEYRACK_OIDC_CLIENT_ID, KEYRACK_OIDC_CLIENT_SECRET, KEYRACK_OIDC_NAME } = getRuntime().env
  if (!KEYRACK_OIDC_ISSUER || !KEYRACK_OIDC_CLIENT_ID || !KEYRACK_OIDC_CLIENT_SECRET) return []
  return [
    {
      id: 'oidc',
      name: KEYRACK_OIDC_NAME,
      type: 'oauth',
      wellKnown: `${KEYRACK_OIDC_ISSUER.replace(/\/$/, '')}/.well-known/openid-configuration`,
      clientId: KEYRACK_OIDC_CLIENT_ID,
      clientSecret: KEYRACK_OIDC_CLIENT_SECRET,
      authorization: { params: { scope: 'openid email profile' } },
      checks: ['pkce', 'state', 'nonce'],
      idToken: true,
      profile: (profile) => ({ id: profile.sub }),
    },
  ]
}
