import { expect, test } from 'vitest'
import vectors from '../../tests/vectors/cidr-sets.json'
import { splitEntries } from './split-entries'

test('takes commas, semicolons and line ends for borders, and what stands behind # for a comment', () => {
  const spoken = vectors.find(({ finding }) => finding === 'splitter')?.list.replace('⏎', '\r\n') ?? ''
  expect(splitEntries(spoken)).toEqual([
    { line: 1, text: '8.8.8.8', comment: null },
    { line: 1, text: '9.9.9.9', comment: null },
    { line: 1, text: '1.1.1.1', comment: null },
    { line: 2, text: '8.8.4.4', comment: 'dns' },
  ])
})

test('trims blanks of ASCII alone, because what else looks like one was hardly typed', () => {
  expect(splitEntries(' \t8.8.8.8\t \n\u00a08.8.8.8').map(({ text }) => text)).toEqual(['8.8.8.8', '\u00a08.8.8.8'])
})

test('has no entry for empty lines and lines of comment', () => {
  expect(splitEntries('\n# all of ours\n;,\r8.8.8.8 #\n')).toEqual([{ line: 4, text: '8.8.8.8', comment: null }])
})
