import { randomBytes } from 'node:crypto'
import type { Answer } from '../http/exchange'
import { Html, html } from './html'
import { style } from './style'

type Page = {
  readonly status?: number
  readonly title: string
  readonly main: Html
  /** origins besides our own that this page's forms may lead to, redirects included */
  readonly formTargets?: readonly string[]
  readonly setCookie?: string
}

/** A whole page: plain HTML without script, under a banner that says what this is not. */
export function page({ status = 200, title, main, formTargets = [], setCookie }: Page): Answer {
  const nonce = randomBytes(16).toString('base64url')
  const document = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title} · Keyrack sandbox</title>
<style nonce="${nonce}">${new Html(style)}</style>
</head>
<body>
<header role="banner"><p><strong>Sandbox.</strong> This is an emulator for developers, not Octorate. Never type a real password here.</p></header>
<main>
${main}
</main>
<footer><p>Keyrack sandbox. Not affiliated with or endorsed by Octorate. All people and properties are invented.</p></footer>
</body>
</html>
`
  return {
    status,
    contentType: 'text/html; charset=utf-8',
    body: document.markup,
    headers: {
      'content-security-policy': policy(nonce, formTargets),
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'cross-origin-opener-policy': 'same-origin',
      ...(setCookie !== undefined && { 'set-cookie': setCookie }),
    },
  }
}

/** 303, so that the browser never sends the form on to where it is redirected. */
export function seeOther(location: string, setCookie?: string): Answer {
  return {
    status: 303,
    contentType: 'text/plain; charset=utf-8',
    body: '',
    headers: { location, 'referrer-policy': 'no-referrer', ...(setCookie !== undefined && { 'set-cookie': setCookie }) },
  }
}

/** `form-action` covers the redirect after a form too, so the origin of the checked redirect URI must be in it. */
function policy(nonce: string, formTargets: readonly string[]): string {
  return [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    `form-action ${["'self'", ...formTargets].join(' ')}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ')
}
