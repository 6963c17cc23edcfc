import { betterAuth } from 'better-auth'
import { memoryAdapter } from 'better-auth/adapters/memory'
import { genericOAuth } from 'better-auth/plugins'

const PROVIDER = 'octorate'
const DAY_MS = 24 * 60 * 60 * 1000

/** better-auth with one account whose access token has expired; everybody asks `getAccessToken` for it at once. */
export async function askBetterAuth({ callers, tokenUrl, clientId, clientSecret, accessToken, refreshToken }) {
  const now = new Date()
  const userId = 'user-1'
  const tables = {
    user: [{ id: userId, name: 'Robin', email: 'robin@example.com', emailVerified: true, createdAt: now, updatedAt: now }],
    session: [],
    verification: [],
    account: [
      {
        id: 'account-1', accountId: 'account-at-octorate', providerId: PROVIDER, userId, accessToken, refreshToken,
        accessTokenExpiresAt: new Date(now.getTime() - DAY_MS), createdAt: now, updatedAt: now,
      },
    ],
  }
  const auth = betterAuth({
    baseURL: 'http://localhost:3000',
    secret: 'a secret of more than thirty-two characters',
    database: memoryAdapter(tables),
    logger: { disabled: true },
    telemetry: { enabled: false },
    plugins: [
      genericOAuth({
        config: [{ providerId: PROVIDER, clientId, clientSecret, authorizationUrl: 'http://localhost:3000/unused', tokenUrl }],
      }),
    ],
  })
  const asked = Array.from({ length: callers }, () => auth.api.getAccessToken({ body: { accountId: 'account-1', userId } }))
  const got = await Promise.allSettled(asked)
  const failures = got.filter(({ status, value }) => status === 'rejected' || !value?.accessToken || value.accessToken === accessToken)
  return { failedCallers: failures.length }
}
