import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { z } from 'zod'
import type { KeyRing } from '../crypto/key-ring'
import { parseHeader, streamKey, type BackupHeader } from './backup-header'
import { DamagedBackup, openStream } from './sealed-stream'

const HEADER_BYTES = 64 * 1024

const heading = z.object({ migrations: z.array(z.string()) })
const table = z.object({ name: z.string(), columns: z.array(z.string()) })
const end = z.object({ rows: z.record(z.string(), z.number()) })

/** What a backup holds, in its order. */
export type BackupPart =
  | { readonly kind: 'migrations'; readonly names: readonly string[] }
  | { readonly kind: 'table'; readonly name: string; readonly columns: readonly string[] }
  | { readonly kind: 'row'; readonly json: string }
  | { readonly kind: 'end'; readonly rows: Readonly<Record<string, number>> }

/** @throws Error when the file is none of ours. Reads no more than its first line. */
export async function readHeader(file: string): Promise<{ header: BackupHeader; bytes: number }> {
  const handle = await open(file, 'r')
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, 0)
    const length = buffer.subarray(0, bytesRead).indexOf('\n')
    return { header: parseHeader(buffer.subarray(0, Math.max(length, 0)).toString('utf8')), bytes: length + 1 }
  } finally {
    await handle.close()
  }
}

/**
 * Reads a backup whose keys were checked, part after part. The last part is `end`, or it throws.
 *
 * @throws DamagedBackup when bytes are missing or others than were written.
 */
export async function* readBackup(file: string, keys: KeyRing): AsyncGenerator<BackupPart> {
  const { header, bytes } = await readHeader(file)
  const fault: { error?: Error } = {}
  const plain = pipeline(createReadStream(file, { start: bytes }), openStream(streamKey(header, keys)), createGunzip(), (error) => {
    if (error) fault.error = error
  })
  let isWhole = false
  for await (const line of createInterface({ input: plain, crlfDelay: Infinity })) {
    const part = toPart(line)
    isWhole = part.kind === 'end'
    yield part
  }
  if (fault.error) throw fault.error
  if (!isWhole) throw new DamagedBackup('The backup is cut off.')
}

function toPart(line: string): BackupPart {
  if (!line.startsWith('#')) return { kind: 'row', json: line }
  const space = line.indexOf(' ')
  const value: unknown = JSON.parse(line.slice(space + 1))
  switch (line.slice(1, space)) {
    case 'backup':
      return { kind: 'migrations', names: heading.parse(value).migrations }
    case 'table':
      return { kind: 'table', ...table.parse(value) }
    case 'end':
      return { kind: 'end', ...end.parse(value) }
    default:
      throw new DamagedBackup('The backup holds a line of an unknown kind.')
  }
}
