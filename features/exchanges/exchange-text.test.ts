import { describe, expect, it } from 'vitest'
import { answerText, requestText } from './exchange-text'

const exchange = {
  method: 'POST',
  url: 'https://api.octorate.com/connect/rest/v1/identity/token',
  requestHeaders: { accept: 'application/json' },
  requestForm: { grant_type: 'code', code: '••••' },
  status: 200,
  responseHeaders: { 'content-type': 'application/json' },
  responseBody: '{\n  "access_token": "••••a1b2"\n}',
  startedAt: '2026-03-01T12:00:00.000Z',
  durationMs: 12,
}

describe('requestText', () => {
  it('writes address, headers and the fields of the form', () => {
    expect(requestText(exchange)).toBe(`POST ${exchange.url}\naccept: application/json\n\ngrant_type=code\ncode=••••`)
  })

  it('ends after the headers when there is no body', () => {
    expect(requestText({ ...exchange, method: 'GET', requestForm: null })).toBe(`GET ${exchange.url}\naccept: application/json`)
  })
})

describe('answerText', () => {
  it('keeps the lines of the body', () => {
    expect(answerText(exchange)).toBe('200\ncontent-type: application/json\n\n{\n  "access_token": "••••a1b2"\n}')
  })

  it('names what would reorder the text, because the body is upstream’s', () => {
    expect(answerText({ ...exchange, responseBody: 'abc\u202edef' })).toContain('abc⟨U+202E⟩def')
  })

  it('is null when no answer came', () => {
    expect(answerText({ ...exchange, status: null, responseBody: null })).toBeNull()
  })
})
