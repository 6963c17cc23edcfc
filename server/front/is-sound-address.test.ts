import { expect, test } from 'vitest'
import { isSoundAddress } from './is-sound-address'

test.each(['/', '/connections', '/connections/7?tab=1', '/a%20b', '/x?q=%', '/x?q=a?b', '/x?', '/x?_rsc=1fq3', '/%C3%A9', '/x?next=1&proto=2'])(
  'takes %s',
  (url) => {
    expect(isSoundAddress(url)).toBe(true)
  },
)

test.each([
  ['', 'no path'],
  ['*', 'no path'],
  ['http://evil.example/', 'an address of elsewhere'],
  ['evil.example:443', 'a wish for a tunnel'],
  ['/%', 'an escape without digits'],
  ['/%E0%A4%A', 'an escape that breaks off'],
  ['/%C3%28', 'bytes that are not UTF-8'],
  ['/a%00b', 'a NUL'],
  ['/x?nxtPid=1', "Next's own name for a path parameter"],
  ['/x?a=1&NXTPid=1', 'in capitals'],
  ['/x?%6ext%50id=1', 'in escapes'],
  ['/x?nxtIid=1', 'an intercepted one'],
  ['/x?__nextLocale=de', "Next's own name for the language"],
  ['/x?__nextDataReq=1', "Next's own name for a data request"],
  ['/x?__proto__=1', 'a name that objects take for their prototype'],
])('refuses %s: %s', (url) => {
  expect(isSoundAddress(url)).toBe(false)
})
