import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createSandbox } from '../create-sandbox'
import { createCaller, createTestClock, HOUR_MS, jsonOf, tokensOf } from '../testing/start'

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-data-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'data')
}

async function open(dataFolder: string, clock = createTestClock()) {
  const sandbox = await createSandbox({ clock, dataFolder })
  return { sandbox, ...createCaller(sandbox) }
}

describe('the state is what the truth log says', () => {
  it('survives a restart: tokens, used codes, revocations, rotation, configuration, passwords, switches and clock', async () => {
    const folder = newFolder()
    const first = await open(folder)
    await first.sandbox.control.settings.set({ refreshRotation: 'rotate', codeReuse: 'refuse' })
    const code = await first.approve()
    const kept = await tokensOf(await first.redeem(code))
    const { refresh_token: rotated } = await tokensOf(await first.refresh(kept.refresh_token))
    const gone = await first.connect(['324417'])
    await first.sandbox.control.revoke({ accommodation: '324417' })
    const admin = await first.adminToken()
    await first.patchConfiguration(admin, { redirectUri: ['https://console.example/cb', 'https://localhost'] })
    await first.sandbox.control.changePassword('yuki.tanaka', 'new')
    await first.sandbox.control.clock.advance(HOUR_MS)
    const open1 = await first.approve(['324425'])
    const before = first.sandbox.control.state()
    await first.sandbox.close()

    const second = await open(folder)
    expect(second.sandbox.control.state()).toEqual(before)
    expect((await second.redeem(code)).status).toBe(400)
    expect((await second.redeem(open1)).status).toBe(200)
    expect((await second.get('user/info', kept.access_token)).status).toBe(200)
    expect((await second.refresh(kept.refresh_token)).status).toBe(403)
    expect((await second.refresh(rotated)).status).toBe(200)
    expect((await second.refresh(gone.refresh_token)).status).toBe(403)
    expect(await jsonOf(await second.get('api/configuration', admin))).toMatchObject({ redirectUri: ['https://console.example/cb', 'https://localhost'] })
    await second.sandbox.close()
  })

  it('has each fact in the file before its answer leaves', async () => {
    const folder = newFolder()
    const { sandbox, approve, redeem } = await open(folder)
    const code = await approve()
    expect(readFileSync(join(folder, 'truth.jsonl'), 'utf8')).toContain(code)
    const { access_token: token } = await tokensOf(await redeem(code))
    expect(readFileSync(join(folder, 'truth.jsonl'), 'utf8')).toContain(token)
    await sandbox.close()
  })

  it('numbers facts without gaps over many parallel groups, and reads them all back', async () => {
    const folder = newFolder()
    const { sandbox, adminToken } = await open(folder)
    await Promise.all(Array.from({ length: 100 }, () => adminToken()))
    const numbers = sandbox.truthLog().map(({ sequence }) => sequence)
    expect(numbers).toEqual(Array.from({ length: 101 }, (_, index) => index + 1))
    for (const since of [1, 50, 100, 101, 500]) expect(sandbox.truthLog({ since }).map(({ sequence }) => sequence)).toEqual(numbers.slice(since))
    await sandbox.close()
    const again = await open(folder)
    expect(again.sandbox.truthLog()).toHaveLength(101)
    await again.sandbox.close()
  })

  it.each(['{"sequence":99,"at":1,"type":"grant.rev', '{"sequence":99,"at":1,"type":"grant.revoked","clientId":"x","grant":1,"reason":"x"}', '\u0000\u0000'])(
    'cuts off the torn last line %j, because nobody was told about it',
    async (torn) => {
      const folder = newFolder()
      const first = await open(folder)
      const { refresh_token: token } = await first.connect()
      await first.sandbox.close()
      appendFileSync(join(folder, 'truth.jsonl'), torn)
      const second = await open(folder)
      expect((await second.refresh(token)).status).toBe(200)
      await second.sandbox.close()
      const third = await open(folder)
      expect(third.sandbox.truthLog().map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4])
      await third.sandbox.close()
    },
  )

  it('refuses to start over a damaged line in the middle, naming it', async () => {
    const folder = newFolder()
    await (await open(folder)).sandbox.close()
    appendFileSync(join(folder, 'truth.jsonl'), 'nonsense\n{}\n')
    await expect(open(folder)).rejects.toThrow('truth.jsonl, line 2 is not a record')
  })

  it('ends all tokens at a reset, over a restart too', async () => {
    const folder = newFolder()
    const first = await open(folder)
    const { access_token: token } = await first.connect()
    await first.sandbox.control.reset()
    await first.connect()
    await first.sandbox.close()
    const second = await open(folder)
    expect((await second.get('user/info', token)).status).toBe(401)
    await second.sandbox.close()
  })
})

describe('checkpoints, so that a long log is not replayed from its beginning', () => {
  const CHECKPOINT = 'checkpoint.json'

  it('start from the state that was written at the end, and replay only what came after', async () => {
    const folder = newFolder()
    const first = await open(folder)
    const { refresh_token: early } = await first.connect()
    await first.sandbox.control.takeSnapshot('early')
    await first.sandbox.close()
    const kept = readFileSync(join(folder, CHECKPOINT), 'utf8')
    const second = await open(folder)
    const { refresh_token: late } = await second.connect(['324417'])
    await second.sandbox.control.clock.freeze()
    const before = second.sandbox.control.state()
    await second.sandbox.close()
    writeFileSync(join(folder, CHECKPOINT), kept)
    const third = await open(folder)
    expect(third.sandbox.control.state()).toEqual(before)
    expect(third.sandbox.control.clock.get().mode).toBe('frozen')
    expect([(await third.refresh(early)).status, (await third.refresh(late)).status]).toEqual([200, 200])
    await third.sandbox.control.restore('early')
    expect([(await third.refresh(early)).status, (await third.refresh(late)).status]).toEqual([200, 403])
    await third.sandbox.close()
  })

  it('are used: what only the checkpoint says is what the state says', async () => {
    const folder = newFolder()
    await (await open(folder)).sandbox.close()
    const path = join(folder, CHECKPOINT)
    writeFileSync(path, readFileSync(path, 'utf8').replace('Locanda Bianchi', 'From the checkpoint'))
    const { sandbox } = await open(folder)
    expect(sandbox.control.state().accommodations.map(({ name }) => name)).toContain('From the checkpoint')
    await sandbox.close()
  })

  it.each([
    ['none', () => undefined],
    ['a torn one', (text: string) => text.slice(0, 50)],
    ['one of another version', (text: string) => text.replace('"version":1', '"version":0')],
    ['one of another log', (text: string) => text.replace(/"tail":"./, '"tail":"x')],
    ['one that is ahead of the log', (text: string) => text.replace(/"offset":(\d+)/, '"offset":99$1')],
  ])('replay everything over %s', async (_, spoil) => {
    const folder = newFolder()
    const first = await open(folder)
    const { refresh_token: token } = await first.connect()
    await first.sandbox.close()
    const path = join(folder, CHECKPOINT)
    const spoilt = spoil(readFileSync(path, 'utf8').replace('Locanda Bianchi', 'From the checkpoint'))
    if (spoilt === undefined) rmSync(path)
    else writeFileSync(path, spoilt)
    const second = await open(folder)
    expect((await second.refresh(token)).status).toBe(200)
    expect(second.sandbox.control.state().accommodations.map(({ name }) => name)).not.toContain('From the checkpoint')
    await second.sandbox.close()
  })

  it('are written while it runs, every 20,000 facts, so that kill -9 finds one', async () => {
    const folder = newFolder()
    const { sandbox } = await open(folder)
    await Promise.all(Array.from({ length: 20_500 }, () => sandbox.control.settings.set({ pageSize: 50 })))
    await expect.poll(() => statSync(join(folder, CHECKPOINT), { throwIfNoEntry: false })?.size ?? 0, { interval: 10 }).toBeGreaterThan(0)
    const { sequence } = JSON.parse(readFileSync(join(folder, CHECKPOINT), 'utf8'))
    expect(sequence).toBe(20_000)
    await sandbox.close()
  }, 20_000)
})

describe('the data folder', () => {
  it('is closed to other users of the machine', async () => {
    const folder = newFolder()
    const { sandbox } = await open(folder)
    expect([folder, join(folder, 'truth.jsonl'), join(folder, 'key')].map((path) => statSync(path).mode & 0o777)).toEqual([0o700, 0o600, 0o600])
    await sandbox.close()
  })

  it('takes one sandbox at a time, and is free again after it stops', async () => {
    const folder = newFolder()
    const { sandbox } = await open(folder)
    await expect(open(folder)).rejects.toThrow('is in use by process')
    await sandbox.close()
    await (await open(folder)).sandbox.close()
  })

  it.each(['999999999 1', `${process.pid} 1`, ''])('is taken over from the dead holder %j', async (holder) => {
    const folder = newFolder()
    await (await open(folder)).sandbox.close()
    writeFileSync(join(folder, 'lock'), holder)
    const { sandbox } = await open(folder)
    expect(sandbox.apiClients).toHaveLength(1)
    await sandbox.close()
  })
})
