import { describe, expect, it } from 'vitest'
import { backEndSnippets, SNIPPET_LANGUAGES } from './back-end-snippets'

const url = 'https://keyrack.example.com'
const id = 'b9b0a8a2-6f1e-4b58-9a0a-2f0f3f3c9f10'
const of = (upstreamId: string, isNetwork = false) => backEndSnippets({ url, connection: { id, upstreamId, isNetwork } })

describe('backEndSnippets', () => {
  it.each(SNIPPET_LANGUAGES)("names this console and this property in %s, and takes the key from the environment", (language) => {
    const code = of('324410')[language]
    expect([code.includes(url), code.includes('324410'), code.includes('KEYRACK_MACHINE_KEY'), code.includes('krk_')]).toEqual([true, true, true, false])
  })

  it.each(SNIPPET_LANGUAGES)('asks by the connection in %s where the token covers a network, because a property may be in several', (language) => {
    const code = of('310045', true)[language]
    expect([code.includes(id), code.includes('310045')]).toEqual([true, false])
  })

  it.each(["1'; rm -rf ~ #", '1"', '$(id)', '`id`', '../x', '1\n2', 'é', '1\u202E', '', '%2e', '{$x}', 'a'.repeat(101)])(
    'puts no id like %j into a program, because Octorate, or whoever speaks for it, would write in it',
    (odd) => {
      expect(Object.values(of(odd))).toEqual(Object.values(of('310045', true)))
    },
  )
})
