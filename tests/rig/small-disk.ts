import { execFile, spawnSync } from 'node:child_process'
import { open, rm } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { pause } from './pass-time'

const run = promisify(execFile)
const FILLER = 'filler'
const LOOKS_EVERY_MS = 25
const CHUNKS = [1 << 20, 1 << 12]

/** A disk in memory that is so small that it can be filled. */
export interface SmallDisk {
  readonly folder: string
  /** Takes all room that is left. */
  takeAll(): Promise<void>
  /** The same, and whatever becomes free, until it is given back. */
  keepFull(): Promise<void>
  /** Gives the room back. */
  free(): Promise<void>
  close(): Promise<void>
}

/** @returns why not, in a sentence, where this machine lets nobody mount. */
export async function mountSmallDisk(folder: string, megabytes: number): Promise<SmallDisk | string> {
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=755`, 'keyrack-rig', folder])
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).split('\n')[0] : String(error)
    return `no disk could be mounted, which takes root and a container that allows it (${said})`
  }
  // Whoever interrupts the rig ends it before anything is closed.
  const unmount = () => void spawnSync('umount', ['--lazy', folder])
  process.once('exit', unmount)
  const filler = path.join(folder, FILLER)
  let greed: AbortController | null = null
  let topping: Promise<void> = Promise.resolve()
  const stopTopping = async () => {
    greed?.abort()
    await topping
  }
  return {
    folder,
    takeAll: () => takeRoom(filler),
    async keepFull() {
      await takeRoom(filler)
      const { signal } = (greed = new AbortController())
      topping = (async () => {
        while (!signal.aborted) {
          await pause(LOOKS_EVERY_MS)
          await takeRoom(filler)
        }
      })()
    },
    async free() {
      await stopTopping()
      await rm(filler, { force: true })
    },
    async close() {
      await stopTopping()
      process.removeListener('exit', unmount)
      unmount()
    },
  }
}

async function takeRoom(file: string): Promise<void> {
  const handle = await open(file, 'a')
  try {
    for (const size of CHUNKS) await writeUntilFull(() => handle.write(Buffer.alloc(size, 1)))
  } finally {
    await handle.close()
  }
}

async function writeUntilFull(write: () => Promise<unknown>): Promise<void> {
  for (;;) {
    const error = await write().then(() => null, (reason: NodeJS.ErrnoException) => reason)
    if (error?.code === 'ENOSPC') return
    if (error) throw error
  }
}
