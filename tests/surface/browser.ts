import type { Answer, Ask } from '../ask'
import type { TestConsole } from '../console'

/** A browser of one person: keeps cookies, and speaks next-auth's forms. */
export class Browser {
  readonly #keyrack: TestConsole
  readonly #jar = new Map<string, string>()
  /** Headers that every request of this browser carries. */
  readonly #always: Readonly<Record<string, string>>

  constructor(keyrack: TestConsole, always: Readonly<Record<string, string>> = {}) {
    this.#keyrack = keyrack
    this.#always = always
  }

  get cookie(): string {
    return [...this.#jar].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  cookieOf(name: string): string | undefined {
    return this.#jar.get(name)
  }

  putCookie(name: string, value: string): void {
    this.#jar.set(name, value)
  }

  async ask(path: string, init: Ask = {}): Promise<Answer> {
    const answer = await this.#keyrack.fetchWith(this.cookie || null, path, { ...init, headers: { ...this.#always, ...init.headers } })
    for (const line of answer.setCookies) this.#keep(line)
    return answer
  }

  /** A form to one of next-auth's actions, with its own token. */
  async post(action: string, fields: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const { csrfToken } = (await this.ask('/api/auth/csrf')).json() as { csrfToken: string }
    const body = new URLSearchParams({ callbackUrl: this.#keyrack.url, ...fields, csrfToken, json: 'true' }).toString()
    return this.ask(`/api/auth/${action}`, { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded' } })
  }

  signIn(email: string, password: string): Promise<Answer> {
    return this.post('callback/credentials', { email, password })
  }

  #keep(line: string): void {
    const [pair = ''] = line.split(';', 1)
    const [name = '', value = ''] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]
    if (/max-age=0|expires=thu, 01 jan 1970/i.test(line) || value === '') this.#jar.delete(name)
    else this.#jar.set(name, value)
  }
}

/** next-auth's error code in the address that it answers. */
export function authErrorOf(answer: Answer): string | null {
  return new URL((answer.json() as { url: string }).url).searchParams.get('error')
}
