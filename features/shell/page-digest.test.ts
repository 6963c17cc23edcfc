import { describe, expect, it } from 'vitest'
import { pageDigest, parsePageDigest } from './page-digest'

describe('parsePageDigest', () => {
  it('reads back the code and the request id, because a digest is all that reaches the browser', () => {
    expect(parsePageDigest(pageDigest('database_unavailable', 'r-1'))).toEqual({ code: 'database_unavailable', requestId: 'r-1' })
  })

  it('takes the number of the framework for an unforeseen mistake, and shows it as its id', () => {
    expect(parsePageDigest('3141592653')).toEqual({ code: 'internal', requestId: '3141592653' })
  })

  it('believes no code that is not in the table', () => {
    expect(parsePageDigest('toString r-1')).toEqual({ code: 'internal', requestId: 'toString r-1' })
    expect(parsePageDigest(undefined)).toEqual({ code: 'internal', requestId: '' })
  })
})
