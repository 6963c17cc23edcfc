import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'

/** The version of Keyrack that lies in a folder. */
export function readVersion(root: string): Promise<string> {
  return readFrom(path.join(root, 'package.json'))
}

/** The version of a package that is installed for it. */
export function readVersionOf(root: string, name: string): Promise<string> {
  return readFrom(path.join(root, 'node_modules', name, 'package.json'))
}

async function readFrom(file: string): Promise<string> {
  return z.object({ version: z.string() }).parse(JSON.parse(await readFile(file, 'utf8'))).version
}
