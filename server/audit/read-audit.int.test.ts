import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { db } from '../db'
import type { Actor } from '../http/define-handler'
import { changeRole } from '../people/change-role'
import { runAudit } from '../start/audit'
import { exportAudit } from './export-audit'
import { listAudit } from './list-audit'
import { recordAudits } from './record-audit'
import { sealEvents } from './seal-events'
import { signCheckpoints } from './sign-checkpoints'
import { verifyAudit } from './verify-audit'
import { makeActor, makeColleague } from '../../tests/factories'
import { openRig } from '../../tests/runtime'
import { signedIn } from '../../tests/signed-in'

const rig = await openRig()
const { clock } = rig

async function write(actor: Actor, count: number, userAgent = 'integration test'): Promise<void> {
  const { organizationId, userId } = actor.viewer
  await recordAudits(db(), Array.from({ length: count }, (_, index) => ({
    action: 'connection.refreshed' as const, outcome: index % 10 === 0 ? ('failure' as const) : ('success' as const), organizationId,
    actor: { kind: 'user' as const, id: userId }, context: { requestId: randomUUID(), address: '192.0.2.7', userAgent }, at: clock.date,
  })))
}

async function seal(): Promise<void> {
  while ((await sealEvents('0')) !== 0);
  await signCheckpoints()
}

async function textOf(actor: Actor, query: Parameters<typeof exportAudit>[1]): Promise<string> {
  const { chunks } = await exportAudit(actor, query)
  let text = ''
  for (let part = await chunks.next(); !part.done; part = await chunks.next()) text += part.value
  return text
}

test('the log is read page by page, each entry once, though many came at one instant', async () => {
  const actor = await makeActor()
  await write(actor, 120)
  const seen: string[] = []
  for (let before: string | undefined; ; ) {
    const page = await listAudit(actor.viewer, before ? { before } : {})
    seen.push(...page.items.map(({ id }) => id))
    if (page.next === null) break
    before = page.next
  }
  expect([seen.length, new Set(seen).size]).toEqual([120, 120])
  expect(seen).toEqual(seen.toSorted((a, b) => Number(b) - Number(a)))
})

test('filters narrow it, and nothing of another organization is in it', async () => {
  const [actor, stranger] = [await makeActor(), await makeActor()]
  await write(actor, 20)
  await write(stranger, 20)
  const count = async (query: Parameters<typeof listAudit>[1]) => (await listAudit(actor.viewer, query)).items.length
  expect(await count({ outcome: 'failure' })).toBe(2)
  expect(await count({ action: 'person.removed' })).toBe(0)
  expect(await count({ actor: actor.viewer.userId })).toBe(20)
  expect(await count({ actor: stranger.viewer.userId })).toBe(0)
  const day = clock.date.toISOString().slice(0, 10)
  expect([await count({ from: day, to: day }), await count({ to: '2020-01-01' }), await count({ from: '2999-01-01' })]).toEqual([20, 0, 0])
  const foreign = await db().auditEvent.findFirstOrThrow({ where: { organizationId: stranger.viewer.organizationId }, orderBy: { id: 'desc' } })
  const page = await listAudit(actor.viewer, { before: String(foreign.id) })
  expect(page.items.filter(({ actor: { id } }) => id === stranger.viewer.userId)).toEqual([])
})

test('an entry says what was before and after, who it was, and whether it is what was sealed', async () => {
  const owner = await signedIn(await makeActor())
  const colleague = await makeColleague(owner, 'developer')
  await changeRole(owner, colleague.viewer.userId, { newRole: 'support', password: '' })
  const newest = async () => (await listAudit(owner.viewer, { action: 'person.role_changed' })).items[0]
  expect(await newest()).toMatchObject({
    change: { before: { role: 'developer' }, after: { role: 'support' } }, detail: { endedKeys: [] },
    actor: { name: owner.viewer.name }, target: { kind: 'user', name: colleague.viewer.name }, proof: 'waiting', sequence: null,
  })
  while ((await sealEvents('0')) !== 0);
  expect(await newest()).toMatchObject({ proof: 'sealed', sequence: expect.any(Number) })
  await signCheckpoints()
  expect(await newest()).toMatchObject({ proof: 'signed' })
  const { id } = (await newest()) ?? { id: '' }
  await rig.database.sql(`UPDATE audit_events SET address = '10.0.0.1' WHERE id = $1`, [id])
  expect(await newest()).toMatchObject({ proof: 'broken' })
  expect(await verifyAudit(owner.viewer)).toMatchObject({ firstBad: { reason: 'changed', eventId: id } })
})

test('the table runs nothing in a spreadsheet and moves no cursor in a terminal', async () => {
  const actor = await makeActor()
  await write(actor, 1, '=HYPERLINK("https://evil.example")')
  await write(actor, 1, '\u001b[2J\r\n"quoted"')
  const text = await textOf(actor, { format: 'csv', action: 'connection.refreshed' })
  expect(text.split('\r\n')[0]).toContain('"number","at","action"')
  expect(text).toContain(`"'=HYPERLINK(""https://evil.example"")"`)
  expect(text).not.toContain('\u001b')
  expect(text.trimEnd().split('\r\n')).toHaveLength(3)
})

test('taking it along is an entry itself', async () => {
  const actor = await makeActor()
  await textOf(actor, { format: 'csv', outcome: 'denied' })
  expect((await listAudit(actor.viewer, {})).items).toMatchObject([{ action: 'audit.exported', detail: { format: 'csv', outcome: 'denied' } }])
})

test('the whole log verifies offline, and a file that somebody changed names the first bad entry', async () => {
  const actor = await makeActor()
  const folder = await mkdtemp(path.join(os.tmpdir(), 'keyrack-audit-'))
  const said: string[] = []
  const verify = async (text: string, ...more: string[]) => {
    await writeFile(path.join(folder, 'log.jsonl'), text)
    said.length = 0
    return runAudit({ args: ['verify', 'log.jsonl', ...more], folder, say: (line) => void said.push(line) })
  }
  try {
    await write(actor, 2_500)
    await seal()
    const text = await textOf(actor, { format: 'jsonl' })
    expect(await verify(text)).toBe(0)
    expect(said.join('\n')).toMatch(/^2501 entries, 1 checkpoints; signatures cover the first 2500/)
    const [{ publicKey } = { publicKey: '' }] = (await verifyAudit(actor.viewer)).keys
    expect(await verify(text, '--key', publicKey)).toBe(0)
    expect(await verify(text, '--key', 'A'.repeat(43))).toBe(1)
    const changed = text.split('\n').map((line) => (line.includes('"sequence":1234,') ? line.replace('192.0.2.7', '192.0.2.8') : line)).join('\n')
    expect(await verify(changed)).toBe(1)
    expect(said.at(-1)).toMatch(/^NOT WHOLE: entry 1234 \(event \d+\): its content is not what was sealed\.$/)
    const cut = text.split('\n').filter((line) => !/"sequence":2[45]\d\d,/.test(line) || line.includes('"checkpoint"')).join('\n')
    await writeFile(path.join(folder, 'earlier.jsonl'), text)
    expect(await verify(cut, '--checkpoints', 'earlier.jsonl')).toBe(1)
    expect(said.at(-1)).toMatch(/^NOT WHOLE: one of the entries 2400 to 2500: the end is missing/)
    await expect(verify('{"type":"nonsense"}')).rejects.toThrow('Line 1 is no line of an audit log')
    await expect(runAudit({ args: ['prove'], folder, say: () => undefined })).rejects.toThrow('Usage: keyrack audit verify FILE')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
