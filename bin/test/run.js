import { spawn } from 'node:child_process'
import path from 'node:path'

/** A check that hangs must not hang everything. */
const LONGEST_MS = 35 * 60 * 1000
const KILL_AFTER_MS = 10_000
const MOST_OUTPUT = 200_000

/** Path of a package's command: a JavaScript file, so that it runs on the Node that runs this. */
export function bin(command) {
  return path.join('node_modules', '.bin', command)
}

/** Runs a JavaScript program and resolves with its exit code and the end of what it printed. */
export function run(program, args, { env = {} } = {}) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [program, ...args], {
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    const keep = (chunk) => (output = `${output}${chunk}`.slice(-MOST_OUTPUT))
    child.stdout.setEncoding('utf8').on('data', keep)
    child.stderr.setEncoding('utf8').on('data', keep)
    let late
    const timer = setTimeout(() => {
      keep(`\nStopped: it took longer than ${LONGEST_MS / 60_000} minutes.\n`)
      child.kill('SIGTERM')
      late = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS)
    }, LONGEST_MS)
    child.on('error', (error) => finish(1, `${output}\n${error.message}`))
    // Not 'close': a process left behind by a check may hold the pipes open.
    child.on('exit', (code) => setTimeout(() => finish(code ?? 1, output), 200))
    const finish = (code, text) => {
      clearTimeout(timer)
      clearTimeout(late)
      child.stdout.destroy()
      child.stderr.destroy()
      resolve({ code, output: text })
    }
  })
}
