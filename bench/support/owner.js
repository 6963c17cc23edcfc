import { readSetUpCode } from './start-console.js'

const OWNER = { email: 'owner@example.com', password: 'four unrelated quiet words' }

/** Sets a fresh console up and signs its owner in. @param console an HttpClient, which keeps the session */
export async function becomeOwner(console, running) {
  const code = await readSetUpCode(running)
  await console.json('POST', '/api/set-up', { code, organizationName: 'Bench', name: 'Bench Owner', ...OWNER })
  const { csrfToken } = await console.json('GET', '/api/auth/csrf')
  await console.json('POST', '/api/auth/callback/credentials', new URLSearchParams({ csrfToken, json: 'true', ...OWNER }))
}
