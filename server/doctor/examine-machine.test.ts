import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { readEnv } from '../env'
import { examineMachine } from './examine-machine'

const folder = await mkdtemp(path.join(os.tmpdir(), 'keyrack-doctor-'))
afterAll(() => rm(folder, { recursive: true, force: true }))

const examine = async (env: Record<string, string> = {}, node = '22.1.0') =>
  Object.fromEntries((await examineMachine(readEnv(env), folder, node)).map(({ subject, level, what }) => [subject, { level, what }]))

describe('the doctor on this machine', () => {
  test.each([
    ['18.20.0', 'problem'],
    ['20.18.9', 'problem'],
    ['20.19.0', 'warning'],
    ['22.0.0', 'ok'],
  ])('finds Node %s %s', async (version, level) => {
    expect((await examine({}, version))['Node']?.level).toBe(level)
  })

  test('finds an address that browsers cannot use, and one of this machine alone', async () => {
    expect((await examine({ KEYRACK_URL: 'http://keyrack.example.com' }))['Address']).toMatchObject({ level: 'problem', what: expect.stringContaining('plain http') })
    expect((await examine())['Address']?.level).toBe('warning')
    expect((await examine({ KEYRACK_URL: 'https://keyrack.example.com', TRUSTED_PROXIES: '127.0.0.1' }))['Address']?.level).toBe('ok')
  })

  test('says how the session cookie travels', async () => {
    expect((await examine())['Cookies']).toMatchObject({ level: 'ok', what: expect.stringContaining('__Host-') })
  })

  test('finds a key file that everybody may read', async () => {
    const file = path.join(folder, 'keys')
    await writeFile(file, 'k1:x', { mode: 0o600 })
    expect((await examine())['Key file']?.level).toBe('ok')
    await chmod(file, 0o644)
    expect((await examine())['Key file']?.level).toBe('problem')
    expect((await examine({ KEYRACK_KEYS: 'k1:x' }))['Key file']).toBeUndefined()
  })

  test('finds answers that wait in the spool, and those that cannot be read', async () => {
    expect((await examine())['Spool']?.level).toBe('ok')
    await mkdir(path.join(folder, 'spool'))
    await writeFile(path.join(folder, 'spool', 'a.answer.json'), '{}')
    expect((await examine())['Spool']).toEqual({ level: 'warning', what: '1 answers wait for the database.' })
    await writeFile(path.join(folder, 'spool', 'b.answer.json.damaged'), '')
    expect((await examine())['Spool']?.level).toBe('problem')
  })
})
