import { randomBytes } from 'node:crypto'
import { Html, html } from '../consent/html'
import { style } from '../consent/style'
import type { Answer } from '../http/exchange'
import { panelStyle } from './panel-style'

type PanelDocument = { readonly main: Html; readonly scriptPath: string; readonly problem?: string }

/** The panel's page around its parts. `referrer-policy` is same-origin, or browsers would hide the origin of its forms. */
export function panelDocument({ main, scriptPath, problem }: PanelDocument): Answer {
  const nonce = randomBytes(16).toString('base64url')
  const document = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>Panel · Keyrack sandbox</title>
<link rel="icon" href="data:,">
<style nonce="${nonce}">${new Html(style + panelStyle)}</style>
<script nonce="${nonce}" src="${scriptPath}" defer></script>
</head>
<body class="panel">
<header role="banner"><p><strong>Sandbox.</strong> This is an emulator for developers, not Octorate. Never type a real password here.</p></header>
<main>
<div class="title"><h1>Keyrack sandbox</h1>
<nav aria-label="Parts of this page"><a href="#clock">Clock</a> <a href="#requests">Requests</a> <a href="#faults">Faults</a> <a href="#hoteliers">Hoteliers</a> <a href="#report">Report</a> <a href="#switches">Switches</a> <a href="#state">State</a></nav></div>
<p id="notice" role="status">${problem}</p>
<div id="parts">
${main}</div>
</main>
<footer><p>Keyrack sandbox. Not affiliated with or endorsed by Octorate. All people and properties are invented.</p></footer>
</body>
</html>
`
  return {
    status: 200,
    contentType: 'text/html; charset=utf-8',
    body: document.markup,
    headers: {
      'content-security-policy': [
        "default-src 'none'",
        `style-src 'nonce-${nonce}'`,
        `script-src 'nonce-${nonce}'`,
        "connect-src 'self'",
        'img-src data:',
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
      ].join('; '),
      'referrer-policy': 'same-origin',
      'x-frame-options': 'DENY',
      'cross-origin-opener-policy': 'same-origin',
    },
  }
}
