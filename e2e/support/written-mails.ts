import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect } from '@playwright/test'
import { textOfMail } from '@/tests/mail-server'
import type { StoryConsole } from './shared-console'

/** The links in the mails that were written to these addresses, by address; waits until each has one. */
export async function linksInMails({ mailFolder }: Pick<StoryConsole, 'mailFolder'>, recipients: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const links = new Map<string, string>()
  const read = new Set<string>()
  await expect
    .poll(async () => {
      for (const name of await readdir(mailFolder).catch(() => [])) {
        if (read.has(name)) continue
        const raw = await readFile(path.join(mailFolder, name), 'utf8')
        const heading = /^To: .*$/m.exec(raw)?.[0] ?? ''
        const to = recipients.find((recipient) => heading.includes(recipient))
        const link = /https?:\/\/\S+\/link\/\S+/.exec(textOfMail(raw))?.[0]
        // One that is just being written has its heading and no link yet: it is read again.
        if (link === undefined) continue
        read.add(name)
        if (to !== undefined) links.set(to, link)
      }
      return links.size
    }, { timeout: 40_000 })
    .toBe(recipients.length)
  return links
}
