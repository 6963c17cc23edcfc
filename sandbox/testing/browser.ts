import type { Sandbox } from '../create-sandbox'
import { CLIENT_ID, REDIRECT_URI } from './start'

const CONSENT = '/octobook/identity/oauth.xhtml'

export function consentUrl(sandbox: Sandbox, query: Record<string, string> = {}): string {
  const all = { client_id: CLIENT_ID, redirect_uri: REDIRECT_URI, ...query }
  return `${sandbox.backOfficeUrl}${CONSENT}?${new URLSearchParams(all)}`
}

/** A browser reduced to what the consent page needs: one cookie, forms, and no following of redirects. */
export function createBrowser() {
  let cookie = ''

  const request = async (url: string, body?: Record<string, string>) => {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: cookie ? { cookie } : {},
      ...(body && { method: 'POST', body: new URLSearchParams(body) }),
    })
    const set = response.headers.get('set-cookie')
    if (set) cookie = set.split(';')[0] ?? ''
    return { response, text: await response.text() }
  }

  const csrfOf = (text: string) => /name="csrf" value="([^"]+)"/.exec(text)?.[1] ?? ''

  /** shows the page at `url`, then sends its form with the token that it carried */
  const submit = async (url: string, fields: Record<string, string>) => {
    const { text } = await request(url)
    return request(url, { csrf: csrfOf(text), ...fields })
  }

  return {
    request,
    submit,
    csrfOf,
    cookie: () => cookie,
    signIn: (url: string, username = 'giulia.rossi', password = 'hotel') => submit(url, { do: 'sign-in', username, password }),
  }
}
