import type { Exchange } from '../http/exchange'

const NAME = 'sandbox-session'

/** The session id that the browser carries, when it has the form of one. */
export function sessionIdOf({ headers, world }: Exchange): string | undefined {
  for (const pair of (headers.cookie ?? '').split(';')) {
    const [name, value = ''] = pair.trim().split('=', 2)
    if (name === NAME && world.sessions.isId(value)) return value
  }
  return undefined
}

/** Not `Secure`: the sandbox speaks plain http on this machine. Not the console's cookie: ports share cookies. */
export function sessionCookie(id: string): string {
  return `${NAME}=${id}; Path=/octobook/; HttpOnly; SameSite=Lax`
}
