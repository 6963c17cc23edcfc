import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { FullConfig } from '@playwright/test'
import { startConsole } from '@/tests/console'
import { publishConsole } from './shared-console'

/** Starts one console from the build for all stories. After the last it is stopped, and what it logged is kept beside the pictures. */
export default async function globalSetup({ projects: [project] }: FullConfig): Promise<() => Promise<void>> {
  const { url, sandbox, dataFolder, keysText, process, stop } = await startConsole({ KEYRACK_WEBHOOKS_TO_LOOPBACK: 'on' })
  publishConsole({ url, sandboxOrigin: sandbox.origin, dataFolder, keysText })
  return async () => {
    await stop()
    if (!project) return
    await mkdir(project.outputDir, { recursive: true })
    await writeFile(path.join(project.outputDir, 'console.log'), process.output())
  }
}
