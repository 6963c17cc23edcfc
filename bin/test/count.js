import { mkdtemp, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { stripVTControlCharacters } from 'node:util'

/**
 * Runs vitest by `start`, which is told where to write its JSON, and counts, naming what failed. A test that was skipped or
 * is still to be written has shown nothing and counts as failed; so does a file that could not be loaded.
 */
export function countVitest(start) {
  return withReport(start, (report, ran) => {
    const missing = report.numPendingTests + report.numTodoTests
    const unloaded = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0)
    const failed = report.numFailedTests + missing + unloaded.length
    const skipped = report.testResults.flatMap((file) =>
      file.assertionResults.filter(({ status }) => status !== 'passed' && status !== 'failed').map((test) => `skipped: ${test.fullName}`),
    )
    const unbegun = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.every(({ status }) => status !== 'failed'))
    const broken = report.testResults.flatMap((file) =>
      file.assertionResults.filter(({ status }) => status === 'failed').map((test) => nameFailure(file.name, test.fullName, test.failureMessages?.[0])),
    )
    const names = [...unbegun.map((file) => nameFailure(file.name, 'failed as a whole', file.message)), ...broken, ...skipped]
    return settle({ passed: report.numPassedTests, failed, notes: skipped, names }, ran)
  })
}

/** The same for Playwright. A test that passed only when it was tried again counts as failed. */
export function countPlaywright(start) {
  return withReport(start, (report, ran) => {
    const { expected, unexpected, flaky, skipped } = report.stats
    const errors = report.errors.map((error) => error.message ?? String(error.value))
    const failed = unexpected + flaky + skipped + errors.length
    const notes = [...errors, ...(skipped > 0 ? [`skipped: ${skipped}`] : [])]
    const names = specsOf(report.suites).map((spec) => nameFailure(spec.file, spec.title, spec.tests[0]?.results[0]?.error?.message))
    return settle({ passed: expected, failed, notes, names: [...names, ...errors.map(firstLine)] }, ran)
  })
}

/** Those that did not pass, in whatever groups they lie. */
function specsOf(suites = []) {
  const isBroken = (spec) => spec.tests.some((test) => test.status !== 'expected')
  return suites.flatMap((suite) => [...(suite.specs ?? []).filter(isBroken), ...specsOf(suite.suites)])
}

const LONGEST_CAUSE = 160

/** One line: a list of them stands at the end of a long output, of which somebody may see the end alone. */
function nameFailure(file, name, message) {
  return [path.relative('.', file), name, firstLine(message ?? '')].filter(Boolean).join(': ')
}

function firstLine(message) {
  return stripVTControlCharacters(message).split('\n')[0].slice(0, LONGEST_CAUSE)
}

function lastLine(output) {
  return firstLine(output.trim().split('\n').at(-1) ?? '')
}

/** A run that ends badly without a failed test (an error outside of tests, a crash) is a failure of its own. */
function settle({ passed, failed, notes, names }, ran) {
  const crash = ran.code !== 0 && failed === 0 ? [`ended with ${ran.code} though nothing failed: ${lastLine(ran.output)}`] : []
  return { passed, failed: failed + crash.length, report: [ran.output, ...notes].join('\n'), names: [...names, ...crash] }
}

async function withReport(start, count) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'keyrack-test-'))
  const file = path.join(folder, 'report.json')
  try {
    const ran = await start(file)
    const text = await readFile(file, 'utf8').catch(() => null)
    if (text === null) {
      return { passed: 0, failed: 1, report: `${ran.output}\nIt wrote no report.`, names: [`wrote no report: ${lastLine(ran.output)}`] }
    }
    return count(JSON.parse(text), ran)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
