import { chmod, mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { removeData, stopConsole } from '../console'
import { findFreePort, launchConsole, type ConsoleProcess } from '../console-process'

export interface Stage {
  readonly dataFolder: string
  readonly port: number
  readonly sandboxPort: number
  readonly url: string
  launch(env?: Readonly<Record<string, string>>, options?: { readonly byNpm?: boolean }): ConsoleProcess
  /** Ends whatever was launched and still lives, and removes the data. */
  clear(): Promise<void>
}

/** A data folder and ports of their own, to start a console on once or several times. */
export async function makeStage(): Promise<Stage> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'keyrack-start-'))
  await chmod(folder, 0o755)
  // Not there yet, as on a fresh machine.
  const dataFolder = path.join(folder, 'data')
  const [port, sandboxPort] = [await findFreePort(), await findFreePort()]
  const launched: ConsoleProcess[] = []
  return {
    dataFolder, port, sandboxPort,
    url: `http://localhost:${port}`,
    launch: (env = {}, options = {}) => {
      const console_ = launchConsole({ dataFolder, port, sandboxPort, env, ...options })
      launched.push(console_)
      return console_
    },
    clear: async () => {
      for (const console_ of launched) await stopConsole(console_)
      await removeData(dataFolder)
      await rm(folder, { recursive: true, force: true })
    },
  }
}
