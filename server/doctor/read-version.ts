import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'

/** The version of Keyrack that lies in a folder. */
export async function readVersion(root: string): Promise<string> {
  return z.object({ version: z.string() }).parse(JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'))).version
}
