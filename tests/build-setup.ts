import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** Builds once, when the build is stale: the tests that follow start the built console side by side. */
export default async function build(): Promise<void> {
  await promisify(execFile)(process.execPath, ['bin/keyrack.js', 'build'])
}
