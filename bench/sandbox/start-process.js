import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = path.join(path.dirname(fileURLToPath(import.meta.url)), '../..')
const READY_WITHIN_MS = 20_000

/**
 * Starts a server as a process of its own that prints one line of JSON when it is ready.
 *
 * @returns what the line says, its process id, and memory(): megabytes now and at most so far
 */
export async function startProcess(script, args, defer) {
  const child = spawn(process.execPath, [path.join(ROOT, script), ...args], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  child.stderr.on('data', (chunk) => (output = `${output}${chunk}`.slice(-5_000)))
  const exited = new Promise((resolve) => child.once('exit', resolve))
  defer(async () => {
    child.kill('SIGTERM')
    const timer = setTimeout(() => child.kill('SIGKILL'), 5_000)
    await exited
    clearTimeout(timer)
  })
  const line = await new Promise((resolve, reject) => {
    let text = ''
    const timer = setTimeout(() => reject(new Error(`${script} was not ready in time:\n${output}`)), READY_WITHIN_MS)
    child.stdout.on('data', (chunk) => {
      text += chunk
      if (!text.includes('\n')) return
      clearTimeout(timer)
      resolve(text.slice(0, text.indexOf('\n')))
    })
    child.once('exit', (code) => reject(new Error(`${script} ended with ${code}:\n${output}`)))
  })
  return { ready: JSON.parse(line), memory: () => memoryOf(child.pid) }
}

/** Resident memory, from /proc; NaN where there is none. */
function memoryOf(pid) {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    const megabytes = (name) => Math.round((Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) * 1024) / 1e6)
    return { nowMb: megabytes('VmRSS'), peakMb: megabytes('VmHWM') }
  } catch {
    return { nowMb: Number.NaN, peakMb: Number.NaN }
  }
}
