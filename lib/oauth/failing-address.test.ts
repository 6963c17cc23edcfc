import { describe, expect, it } from 'vitest'
import { readFailingAddress } from './failing-address'

const CONSENT = 'https://admin.octorate.com/octobook/identity/oauth.xhtml'

describe('readFailingAddress', () => {
  it.each([
    [`${CONSENT}?client_id=public_1&redirect_uri=https%3A%2F%2Fa.example%2Fcb%2F&state=x`, 'https://a.example/cb/'],
    [`  ${CONSENT}?redirect_uri=https://a.example/cb&client_id=1 `, 'https://a.example/cb'],
    [`${CONSENT}?redirect_uri=https%3A%2F%2Fa.example%2Fcb%3Ftenant%3D7`, 'https://a.example/cb?tenant=7'],
    [`${CONSENT}?redirect_uri=%E0%A4%A`, '%E0%A4%A'],
    ['https://a.example/cb?code=abc&state=def', 'https://a.example/cb'],
    ['https://a.example/cb?tenant=7&code=abc&state=def#top', 'https://a.example/cb?tenant=7'],
    ['https://a.example/cb?error=access_denied', 'https://a.example/cb'],
    ['https://a.example/cb?tenant=7', 'https://a.example/cb?tenant=7'],
    ['https://a.example//cb/', 'https://a.example//cb/'],
    ['HTTPS://A.example/cb', 'HTTPS://A.example/cb'],
  ])('reads %s as %s, letter by letter', (pasted, sent) => {
    expect(readFailingAddress(pasted)).toBe(sent)
  })
})
