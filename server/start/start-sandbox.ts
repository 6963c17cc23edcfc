import { spawn } from 'node:child_process'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'

const READY_WITHIN_MS = 15_000

const readyLine = z.object({
  backOfficeUrl: z.url(),
  apiUrl: z.url(),
  panelUrl: z.url(),
  apiClients: z.array(z.object({ clientId: z.string(), clientSecret: z.string() })).min(1),
})

export type RunningSandbox = z.infer<typeof readyLine> & { stop(): Promise<void> }

/**
 * Starts the sandbox as a process of its own on loopback. It ends with this process, even when this one is killed:
 * it watches the channel between the two.
 */
export async function startSandbox(root: string, dataFolder: string, port: number): Promise<RunningSandbox> {
  const child = spawn(
    process.execPath,
    [path.join(root, 'dist', 'sandbox.js'), '--port', String(port), '--data', path.join(dataFolder, 'sandbox'), '--json'],
    // No variable of ours: the sandbox must not inherit a key or a database.
    { stdio: ['ignore', 'pipe', 'inherit', 'ipc'], env: { NODE_ENV: 'production' } },
  )
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const line = await new Promise<string>((resolve, reject) => {
    const fail = () => reject(new Error(`The sandbox did not start on port ${port}; set KEYRACK_SANDBOX_PORT, or KEYRACK_SANDBOX=off.`))
    const timer = setTimeout(fail, READY_WITHIN_MS)
    child.once('exit', fail)
    if (child.stdout) createInterface({ input: child.stdout }).once('line', (text) => {
      clearTimeout(timer)
      resolve(text)
    })
  })
  return {
    ...readyLine.parse(JSON.parse(line)),
    async stop() {
      child.kill('SIGTERM')
      await ended
    },
  }
}
