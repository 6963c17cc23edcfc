import { describe, expect, it } from 'vitest'
import { readUserAgent } from './read-user-agent'

describe('readUserAgent', () => {
  it.each([
    ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36', 'Chrome 141', 'Linux'],
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0', 'Edge 141', 'Windows'],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15', 'Safari 18', 'macOS'],
    ['Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0', 'Firefox 143', 'Linux'],
  ])('names the browser and the system, because the header lists its ancestors too: %s', (header, browser, system) => {
    expect(readUserAgent(header)).toEqual({ browser, system, isPhone: false })
  })

  it('knows a phone, whose system names a desktop one as well', () => {
    const iphone =
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1'
    expect(readUserAgent(iphone)).toEqual({ browser: 'Safari 18', system: 'iOS', isPhone: true })
    const pixel = 'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36'
    expect(readUserAgent(pixel)).toEqual({ browser: 'Chrome 141', system: 'Android', isPhone: true })
  })

  it('guesses nothing about a header that it does not know', () => {
    expect(readUserAgent('curl/8.5.0')).toEqual({ browser: null, system: null, isPhone: false })
    expect(readUserAgent('')).toEqual({ browser: null, system: null, isPhone: false })
  })
})
