import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { generate } from 'selfsigned'

export interface TlsFiles {
  readonly cert: string
  readonly key: string
  readonly selfSigned: boolean
}

/** KEYRACK_TLS: `self-signed`, or `certificate file,key file`. Null when it is not set. */
export async function loadTls(setting: string | undefined, hostname: string, dataFolder: string): Promise<TlsFiles | null> {
  if (!setting) return null
  if (setting === 'self-signed') return selfSigned(hostname, dataFolder)
  const [certFile, keyFile] = setting.split(',').map((part) => part.trim())
  if (!certFile || !keyFile) throw new Error('KEYRACK_TLS must be "self-signed" or "certificate file,key file".')
  const read = (file: string) =>
    readFile(file, 'utf8').catch(() => {
      throw new Error(`KEYRACK_TLS names ${file}, which cannot be read.`)
    })
  return { cert: await read(certFile), key: await read(keyFile), selfSigned: false }
}

async function selfSigned(hostname: string, dataFolder: string): Promise<TlsFiles> {
  const certFile = path.join(dataFolder, `self-signed-${hostname}.crt`)
  const keyFile = path.join(dataFolder, `self-signed-${hostname}.key`)
  if (!existsSync(certFile) || !existsSync(keyFile)) {
    const isAddress = /^[0-9.]+$/.test(hostname)
    const made = await generate([{ name: 'commonName', value: hostname }], {
      keySize: 2048,
      algorithm: 'sha256',
      notAfterDate: new Date(Date.now() + 825 * 24 * 60 * 60 * 1000),
      extensions: [
        { name: 'subjectAltName', altNames: [isAddress ? { type: 7, ip: hostname } : { type: 2, value: hostname }] },
      ],
    })
    await mkdir(dataFolder, { recursive: true })
    await writeFile(keyFile, made.private, { mode: 0o600 })
    await writeFile(certFile, made.cert)
  }
  return { cert: await readFile(certFile, 'utf8'), key: await readFile(keyFile, 'utf8'), selfSigned: true }
}
