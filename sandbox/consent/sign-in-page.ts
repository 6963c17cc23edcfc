import type { Answer } from '../http/exchange'
import type { Hotelier } from '../models/seed'
import type { World } from '../models/world'
import { formAction, type AuthorizationRequest } from './authorization-request'
import { html } from './html'
import { page } from './page'
import { consentPath } from './path'

type SignIn = {
  readonly request: AuthorizationRequest
  readonly sessionId: string
  readonly fill?: Hotelier
  readonly error?: string
  readonly setCookie?: string
}

/** Asks who the hotelier is, and offers the invented accounts to fill in: a newcomer has none of their own. */
export function signInPage(world: World, { request, sessionId, fill, error, setCookie }: SignIn): Answer {
  const csrf = world.sessions.csrfToken(sessionId)
  const action = formAction(consentPath, request)
  const accounts = [...world.state.hoteliers.values()].map(
    (hotelier) => html`<li><button name="fill" value="${hotelier.username}">${hotelier.username} / password: ${hotelier.password}
<small>${hotelier.name}, ${hotelier.accommodations.length} ${hotelier.accommodations.length === 1 ? 'property' : 'properties'}${hotelier.network === undefined ? '' : ', one network'}</small></button></li>
`,
  )
  const main = html`<h1>Sign in as a hotelier</h1>
<p><strong>${request.apiClient.configuration.applicationName}</strong> asks for access to a property. Sign in to choose which.</p>
${error === undefined ? undefined : html`<p class="error" role="alert">${error}</p>`}
<form method="post" action="${action}">
<input type="hidden" name="csrf" value="${csrf}">
<label for="username">Username</label>
<input type="text" id="username" name="username" value="${fill?.username}" autocomplete="off" autocapitalize="none" spellcheck="false" required>
<label for="password">Password</label>
<input type="password" id="password" name="password" value="${fill?.password}" autocomplete="off" required>
<div class="buttons"><button class="primary" name="do" value="sign-in">Sign in</button></div>
</form>
<h2>Try one of these accounts</h2>
<form method="post" action="${action}">
<input type="hidden" name="csrf" value="${csrf}">
<input type="hidden" name="do" value="fill">
<ul class="accounts">
${accounts}</ul>
</form>`
  return page({
    status: error === undefined ? 200 : 422,
    title: 'Sign in',
    main,
    ...(setCookie !== undefined && { setCookie }),
  })
}
