import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeBase64Parts } from './decode-base64-parts'

const encode = (text: string) => Buffer.from(text).toString('base64')

describe('decodeBase64Parts', () => {
  it('turns a part into text up to the boundary, and leaves the rest', () => {
    const mail = `Subject: x\nContent-Transfer-Encoding: base64\nX-More: y\n\n${encode('città')}\n--b\nQUJD\n`
    expect(decodeBase64Parts(mail)).toBe('Subject: x\nContent-Transfer-Encoding: base64\nX-More: y\n\ncittà\n--b\nQUJD\n')
  })

  it('keeps what cannot be decoded', () => {
    const mail = 'Content-Transfer-Encoding: base64\n\nQ\n'
    expect(decodeBase64Parts(mail)).toContain('\nQ')
  })

  it('changes no mail without such a part', () => {
    fc.assert(
      fc.property(fc.string().filter((text) => !/base64|\r/i.test(text)), (text) => {
        expect(decodeBase64Parts(text)).toBe(text)
      }),
    )
  })
})
