import { expect, test } from 'vitest'
import { makeKey, parseKeys } from './parse-keys'

test('takes keys by comma or by line, the first of which seals', () => {
  const [a, b, c] = [makeKey('a'), makeKey('b'), makeKey('c')]
  const ring = parseKeys(`${a}\n${b},${c}\n`)
  expect(ring.sealingKeyId).toBe('a')
  expect(['a', 'b', 'c', 'd'].map((id) => ring.find(id)?.length)).toEqual([32, 32, 32, undefined])
})

test.each(['', ' , ', 'nokey', 'k1:short', `k1:${'A'.repeat(60)}`, 'K 1:AAAA', `k1:${'!'.repeat(43)}`])('refuses %j, naming no part of it', (text) => {
  const [, bytes = 'a text without a colon'] = text.split(':')
  expect(refusalOf(text)).toMatch(/key/i)
  expect(refusalOf(text)).not.toContain(bytes)
})

test('refuses one id twice, because it would be chance which one opens', () => {
  expect(refusalOf(`${makeKey('a')},${makeKey('a')}`)).toContain('"a" is there twice')
})

test('derives other keys from the oldest one, so that a new sealing key does not end every session', () => {
  const [old, fresh] = [makeKey('old'), makeKey('new')]
  expect(parseKeys(`${fresh},${old}`).derive('x')).toEqual(parseKeys(old).derive('x'))
  expect(parseKeys(old).derive('x')).not.toEqual(parseKeys(old).derive('y'))
})

function refusalOf(text: string): string {
  try {
    parseKeys(text)
  } catch (error) {
    return (error as Error).message
  }
  throw new Error('it was taken')
}
