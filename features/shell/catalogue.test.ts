import { createTranslator } from 'use-intl/core'
import { describe, expect, it } from 'vitest'
import { CATALOGUE, LOCALE } from '@/messages/catalogue'

const TEXTS = leavesOf(CATALOGUE)

describe('the catalogue', () => {
  it('holds only texts that can be read, because a broken one shows its key instead', () => {
    const broken: string[] = []
    const t = createTranslator({
      locale: LOCALE,
      messages: CATALOGUE,
      timeZone: 'UTC',
      onError: (error) => broken.push(error.message),
    }) as unknown as (key: string, values: Record<string, number>) => string
    for (const [key, text] of TEXTS) t(key, valuesFor(text))
    expect(broken).toEqual([])
  })

  it.each([/!/, /\bplease\b/i, /\bapps?\b/i, /\s$/, / {2}/])('speaks calmly and by its own words: nothing matches %s', (unwanted) => {
    const found = TEXTS.filter(([key, text]) => unwanted.test(text) && !MAILS.includes(key))
    expect(found).toEqual([])
  })
})

/** Letters to Octorate are polite in the usual way, and end with a line break. */
const MAILS = ['apiClients.callback.mail.body']

function leavesOf(node: object, path: readonly string[] = []): [key: string, text: string][] {
  return Object.entries(node).flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'string' ? [[[...path, name].join('.'), value]] : leavesOf(value as object, [...path, name]),
  )
}

function valuesFor(text: string): Record<string, number> {
  const names = [...text.matchAll(/\{\s*(\w+)/g)].map((match) => match[1] ?? '')
  return Object.fromEntries(names.map((name) => [name, 1]))
}
