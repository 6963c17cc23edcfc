import { createCipheriv, createDecipheriv } from 'node:crypto'
import { Transform, type TransformCallback } from 'node:stream'

const CHUNK_BYTES = 64 * 1024
const TAG_BYTES = 16
const IV_BYTES = 12

/** A backup does not open: other bytes than were written, or fewer. */
export class DamagedBackup extends Error {
  override readonly name = 'DamagedBackup'
}

/**
 * Encrypts a stream in chunks of 64 KiB with AES-256-GCM: the IV is the chunk's number and whether it is the last, so
 * that chunks can neither be swapped nor left out, and a file that was cut off is noticed (the STREAM construction of
 * Hoang, Reyhanitabar, Rogaway and Vizár). `key` must be of this one stream alone.
 */
export function sealStream(key: Buffer): Transform {
  return inChunks(CHUNK_BYTES, (chunk, number, isLast) => {
    const cipher = createCipheriv('aes-256-gcm', key, ivOf(number, isLast), { authTagLength: TAG_BYTES })
    return Buffer.concat([cipher.update(chunk), cipher.final(), cipher.getAuthTag()])
  })
}

/** Decrypts what {@link sealStream} wrote. Fails with {@link DamagedBackup}, and never hands on a chunk that is not proven. */
export function openStream(key: Buffer): Transform {
  return inChunks(CHUNK_BYTES + TAG_BYTES, (chunk, number, isLast) => {
    if (chunk.length < TAG_BYTES) throw new DamagedBackup('The backup is cut off.')
    const decipher = createDecipheriv('aes-256-gcm', key, ivOf(number, isLast), { authTagLength: TAG_BYTES })
    decipher.setAuthTag(chunk.subarray(-TAG_BYTES))
    try {
      return Buffer.concat([decipher.update(chunk.subarray(0, -TAG_BYTES)), decipher.final()])
    } catch {
      throw new DamagedBackup(`The backup is damaged or cut off at its part ${number + 1} of 64 kB.`)
    }
  })
}

/** Only when more than a whole chunk is there is that chunk known not to be the last. */
function inChunks(bytes: number, work: (chunk: Buffer, number: number, isLast: boolean) => Buffer): Transform {
  let waiting: Buffer = Buffer.alloc(0)
  let number = 0
  return new Transform({
    transform(data: Buffer, _encoding, done: TransformCallback) {
      try {
        waiting = Buffer.concat([waiting, data])
        while (waiting.length > bytes) {
          this.push(work(waiting.subarray(0, bytes), number, false))
          number += 1
          waiting = waiting.subarray(bytes)
        }
        done()
      } catch (error) {
        done(error instanceof Error ? error : new Error(String(error)))
      }
    },
    flush(done: TransformCallback) {
      try {
        done(null, work(waiting, number, true))
      } catch (error) {
        done(error instanceof Error ? error : new Error(String(error)))
      }
    },
  })
}

function ivOf(number: number, isLast: boolean): Buffer {
  const iv = Buffer.alloc(IV_BYTES)
  iv.writeBigUInt64BE(BigInt(number), 3)
  iv.writeUInt8(isLast ? 1 : 0, IV_BYTES - 1)
  return iv
}
