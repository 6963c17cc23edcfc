import { mkdtemp, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'

/**
 * Runs vitest by `start`, which is told where to write its JSON, and counts. A test that was skipped or is still to be
 * written has shown nothing and counts as failed; so does a file that could not be loaded.
 */
export function countVitest(start) {
  return withReport(start, (report, ran) => {
    const missing = report.numPendingTests + report.numTodoTests
    const unloaded = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0)
    const failed = report.numFailedTests + missing + unloaded.length
    const skipped = report.testResults.flatMap((file) =>
      file.assertionResults.filter(({ status }) => status !== 'passed' && status !== 'failed').map((test) => `skipped: ${test.fullName}`),
    )
    return settle({ passed: report.numPassedTests, failed, notes: skipped }, ran)
  })
}

/** The same for Playwright. A test that passed only when it was tried again counts as failed. */
export function countPlaywright(start) {
  return withReport(start, (report, ran) => {
    const { expected, unexpected, flaky, skipped } = report.stats
    const errors = report.errors.map((error) => error.message ?? String(error.value))
    const failed = unexpected + flaky + skipped + errors.length
    return settle({ passed: expected, failed, notes: [...errors, ...(skipped > 0 ? [`skipped: ${skipped}`] : [])] }, ran)
  })
}

/** A run that ends badly without a failed test (an error outside of tests, a crash) is a failure of its own. */
function settle({ passed, failed, notes }, ran) {
  const crashed = ran.code !== 0 && failed === 0 ? 1 : 0
  return { passed, failed: failed + crashed, report: [ran.output, ...notes].join('\n') }
}

async function withReport(start, count) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'keyrack-test-'))
  const file = path.join(folder, 'report.json')
  try {
    const ran = await start(file)
    const text = await readFile(file, 'utf8').catch(() => null)
    if (text === null) return { passed: 0, failed: 1, report: `${ran.output}\nIt wrote no report.` }
    return count(JSON.parse(text), ran)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
