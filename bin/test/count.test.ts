import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { countPlaywright, countVitest } from './count.js'

/** Plays a run: writes this report where it is told, and ends with this code. */
const ran = (report: unknown, code = 0) => async (file: string) => {
  if (report !== undefined) await writeFile(file, JSON.stringify(report))
  return { code, output: 'what it printed' }
}

const vitestReport = (counts: Record<string, number>, testResults: unknown[] = []) => ({
  numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults, ...counts,
})

describe('a run of vitest', () => {
  test('counts what passed and failed', async () => {
    expect(await countVitest(ran(vitestReport({ numPassedTests: 7, numFailedTests: 2 }), 1))).toMatchObject({ passed: 7, failed: 2 })
  })

  test('counts a skipped test as failed and names it, because it has shown nothing', async () => {
    const file = { status: 'passed', assertionResults: [{ status: 'skipped', fullName: 'the skipped one' }] }
    const result = await countVitest(ran(vitestReport({ numPassedTests: 7, numPendingTests: 1 }, [file])))
    expect(result).toEqual({ passed: 7, failed: 1, report: 'what it printed\nskipped: the skipped one', names: ['skipped: the skipped one'] })
  })

  test('names each that failed, with the first line of its cause', async () => {
    const failed = { status: 'failed', fullName: 'adds up', failureMessages: ['AssertionError: expected 2 to be 3\n  at somewhere'] }
    const file = { name: path.resolve('lib/sum.test.ts'), status: 'failed', assertionResults: [failed] }
    const result = await countVitest(ran(vitestReport({ numFailedTests: 1 }, [file]), 1))
    expect(result.names).toEqual(['lib/sum.test.ts: adds up: AssertionError: expected 2 to be 3'])
  })

  test('names the file and the cause when what comes before all of its tests failed, and one without a message', async () => {
    const file = { name: 'a.test.ts', status: 'failed', message: 'no server', assertionResults: [{ status: 'skipped', fullName: 'one' }] }
    const other = { name: 'b.test.ts', status: 'failed', assertionResults: [{ status: 'failed', fullName: 'two', failureMessages: [null] }] }
    const result = await countVitest(ran(vitestReport({ numFailedTests: 1, numPendingTests: 1 }, [file, other]), 1))
    expect(result.names).toEqual(['a.test.ts: failed as a whole: no server', 'b.test.ts: two', 'skipped: one'])
  })

  test('counts a file that could not be loaded, although none of its tests failed', async () => {
    const file = { name: 'lib/sum.test.ts', status: 'failed', assertionResults: [] }
    expect(await countVitest(ran(vitestReport({ numPassedTests: 7 }, [file]), 1))).toMatchObject({ passed: 7, failed: 1 })
  })

  test('counts a bad end without a failed test, such as an error outside of all tests, and names its last words', async () => {
    const result = await countVitest(ran(vitestReport({ numPassedTests: 7 }), 1))
    expect(result).toMatchObject({ passed: 7, failed: 1, names: ['ended with 1 though nothing failed: what it printed'] })
  })

  test('counts a crash that left no report', async () => {
    const result = await countVitest(ran(undefined, 134))
    expect(result).toEqual({
      passed: 0, failed: 1, report: 'what it printed\nIt wrote no report.', names: ['wrote no report: what it printed'],
    })
  })
})

describe('a run of Playwright', () => {
  const report = (stats: Record<string, number>, errors: unknown[] = []) => ({ stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0, ...stats }, errors })

  test('counts a test as failed that passed only when tried again, or was skipped', async () => {
    expect(await countPlaywright(ran(report({ expected: 5, unexpected: 1, flaky: 1, skipped: 1 }), 1))).toMatchObject({ passed: 5, failed: 3 })
  })

  test('names each that failed, in whatever groups it lies', async () => {
    const spec = { title: 'opens', file: 'overview.spec.ts', tests: [{ status: 'unexpected', results: [{ error: { message: '\u001B[31mError: no page\u001B[39m\nat it' } }] }] }
    const suites = [{ specs: [{ tests: [{ status: 'expected' }] }], suites: [{ specs: [spec] }] }]
    const result = await countPlaywright(ran({ ...report({ unexpected: 1 }), suites }, 1))
    expect(result.names).toEqual(['overview.spec.ts: opens: Error: no page'])
  })

  test('counts an error outside of all tests', async () => {
    expect(await countPlaywright(ran(report({ expected: 5 }, [{ message: 'no server' }]), 1))).toMatchObject({ passed: 5, failed: 1 })
  })
})
