import { describe, expect, it } from 'vitest'
import { REFRESH_FAILING_CAUSES } from '@/lib/connection-status'
import { readOutcome } from './refresh-reason'

describe('readOutcome', () => {
  it('tells a good end from a bad one', () => {
    expect(readOutcome('ok')).toEqual({ ok: true, isUntried: false })
    expect(readOutcome('quota')).toEqual({ ok: false, reason: 'quota' })
  })

  it('takes a token that was never tried for neither, because nobody knows yet', () => {
    expect(readOutcome('not_tried')).toEqual({ ok: true, isUntried: true })
  })

  it('keeps an unheard-of word off the screen, because it would explain nothing', () => {
    expect(readOutcome('grue')).toEqual({ ok: false, reason: null })
  })

  it.each(REFRESH_FAILING_CAUSES)('knows the cause %s', (cause) => {
    expect(readOutcome(cause)).toEqual({ ok: false, reason: cause })
  })
})
