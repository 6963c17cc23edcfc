import { afterEach, describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { importPreviewInput, type addEntryInput, type ImportPreview } from '@/contracts/address-lists'
import { ipWhitelistSchema } from '@/contracts/ip-whitelists'
import { PERMISSIONS } from '@/contracts/permissions'
import { changeList } from '../address-lists/change-list'
import { checkAddress } from '../address-lists/check-address'
import { addingEntry, changingEntry, merging, ordering, removingEntries } from '../address-lists/edits'
import { exportList } from '../address-lists/export-list'
import { UNCONFIRMED } from '../address-lists/find-needs'
import { personAt } from '../address-lists/list-actor'
import { importing } from '../address-lists/plan-import'
import { previewImport } from '../address-lists/preview-import'
import { readList } from '../address-lists/read-list'
import { reviewEntries } from '../address-lists/review-entries'
import { sweepExpired } from '../address-lists/sweep-expired'
import { db } from '../db'
import type { Actor } from '../http/define-handler'
import { listLetters } from '../letters/list-letters'
import { makeActor, makeApiClient } from '../../tests/factories'
import { refusalOf } from '../../tests/rejections'
import { openRig } from '../../tests/runtime'
import { changeIpWhitelist } from './change-ip-whitelist'
import { confirmIpWhitelist } from './confirm-ip-whitelist'
import { getIpWhitelist } from './get-ip-whitelist'
import { requestIpWhitelist } from './request-ip-whitelist'
import { verifyIpWhitelist } from './verify-ip-whitelist'

const rig = await openRig()
const { sandbox, clock } = rig
const HOUR_MS = 60 * 60_000
const DAY_MS = 24 * HOUR_MS

afterEach(() => sandbox.control.faults.clear())

async function makeWhitelist(role: 'owner' | 'developer' = 'developer') {
  const actor = await makeActor({ role })
  const { id, clientId } = await makeApiClient(rig, actor)
  const add = (block: string, wishes: Partial<z.output<typeof addEntryInput>> = {}, confirmation = UNCONFIRMED) =>
    changeIpWhitelist(actor, id, { edit: addingEntry(actor.viewer, { block, comment: 'office', expires: null, confirmation, ...wishes }), confirmation })
  const get = () => getIpWhitelist(personAt(actor), id)
  return { actor, id, clientId, add, get }
}

const audits = (id: string) => db().auditEvent.findMany({ where: { targetId: id }, orderBy: { id: 'asc' } })
const blocksOf = ({ entries }: { entries: readonly { block: string }[] }) => entries.map(({ block }) => block)

describe('a list', () => {
  test('is empty before anybody has touched it', async () => {
    const { get } = await makeWhitelist()
    expect(ipWhitelistSchema.strict().parse(await get())).toMatchObject({ state: 'empty', revision: 0, entries: [], coverage: { addressCount: 0 } })
  })

  test('keeps what is added in its order, with who it belongs to and what there is to say about it', async () => {
    const { actor, id, add } = await makeWhitelist()
    await add('9.9.9.9', { owner: 'Night shift' })
    const list = await add('8.8.8.0/24')
    expect(list).toMatchObject({ state: 'draft', revision: 2, coverage: { addressCount: 257 } })
    expect(list.entries.map(({ line, block, owner, createdBy }) => [line, block, owner, createdBy])).toEqual([
      [1, '9.9.9.9', 'Night shift', actor.viewer.name], [2, '8.8.8.0/24', actor.viewer.name, actor.viewer.name],
    ])
    expect((await add('10.0.0.7')).entries.at(2)?.findings).toMatchObject([{ code: 'reserved', reserved: 'private' }])
    const [event] = await audits(id).then((events) => events.filter(({ action }) => action === 'ip_whitelist.changed'))
    expect(event?.detail).toMatchObject({ added: [{ block: '9.9.9.9', comment: 'office', owner: 'Night shift' }], revision: 1 })
  })

  test('takes no network twice, and says where it stands', async () => {
    const { add } = await makeWhitelist()
    await add('8.8.8.8')
    await expect(add('8.8.8.8')).rejects.toMatchObject({ code: 'whitelist_duplicate', extras: { issues: [{ path: 'block', message: '8.8.8.8 stands on line 1' }] } })
  })

  test('changes, reorders and removes entries', async () => {
    const { actor, id, add } = await makeWhitelist()
    await add('8.8.8.8')
    const [first, second] = (await add('9.9.9.9')).entries
    const ids = [second?.id ?? '', first?.id ?? '']
    expect(blocksOf(await changeIpWhitelist(actor, id, { edit: ordering(ids) }))).toEqual(['9.9.9.9', '8.8.8.8'])
    expect(await refusalOf(changeIpWhitelist(actor, id, { edit: ordering(ids.slice(1)) }))).toBe('conflict')
    const changed = await changeIpWhitelist(actor, id, { edit: changingEntry(ids[1] ?? '', { comment: 'moved', confirmation: UNCONFIRMED }) })
    expect(changed.entries.map(({ comment }) => comment)).toEqual(['office', 'moved'])
    expect(blocksOf(await changeIpWhitelist(actor, id, { edit: removingEntries([ids[0] ?? '']) }))).toEqual(['8.8.8.8'])
    expect(await refusalOf(changeIpWhitelist(actor, id, { edit: removingEntries([ids[0] ?? '']) }))).toBe('not_found')
  })

  test('is never left empty by accident', async () => {
    const { actor, id, add } = await makeWhitelist()
    const ids = (await add('8.8.8.8')).entries.map((entry) => entry.id)
    expect(await refusalOf(changeIpWhitelist(actor, id, { edit: removingEntries(ids) }))).toBe('whitelist_left_empty')
    const confirmation = { ...UNCONFIRMED, empty: true }
    expect((await changeIpWhitelist(actor, id, { edit: removingEntries(ids), confirmation })).entries).toEqual([])
  })

  test.each([['0.0.0.0/0'], ['8.0.0.0/7']])('takes %s from an owner who typed it, and from nobody else', async (block) => {
    const typed = { ...UNCONFIRMED, wide: [block] }
    const ofDeveloper = await makeWhitelist('developer')
    expect(await refusalOf(ofDeveloper.add(block, {}, typed))).toBe('whitelist_too_wide')
    const ofOwner = await makeWhitelist('owner')
    expect(await refusalOf(ofOwner.add(block))).toBe('whitelist_too_wide')
    expect(blocksOf(await ofOwner.add(block, {}, typed))).toEqual([block])
    expect(PERMISSIONS['ip-whitelists:wide']).toEqual(['owner'])
  })

  test('does not become wide piece by piece, because two halves of everything are everything', async () => {
    const { add } = await makeWhitelist('owner')
    await add('0.0.0.0/1', {}, { ...UNCONFIRMED, wide: ['0.0.0.0/1'] })
    await expect(add('128.0.0.0/1', {}, { ...UNCONFIRMED, wide: ['128.0.0.0/1'] })).rejects.toMatchObject({
      code: 'whitelist_too_wide', extras: { issues: [{ path: 'confirmation.wide', message: '0.0.0.0/0' }] },
    })
    const narrow = await makeWhitelist('developer')
    await narrow.add('8.0.0.0/8')
    expect(await refusalOf(narrow.add('9.0.0.0/8'))).toBe('whitelist_too_wide')
  })

  test('merges only on request, covers the same afterwards, and keeps what ends at another time apart', async () => {
    const { actor, id, add, get } = await makeWhitelist()
    await add('1.1.1.1')
    await add('8.8.8.128/25', { comment: 'east' })
    await add('8.8.8.0/25', { comment: 'west' })
    await add('1.1.1.0', { expires: { inHours: 6 } })
    const before = await get()
    expect(before.mergeProposal).toEqual({ blocks: ['1.1.1.1', '8.8.8.0/24', '1.1.1.0'], merges: [{ block: '8.8.8.0/24', lines: [2, 3] }] })
    const after = await changeIpWhitelist(actor, id, { revision: before.revision, edit: merging })
    expect(after.entries.map(({ block, comment }) => [block, comment])).toEqual([['1.1.1.1', 'office'], ['8.8.8.0/24', 'east; west'], ['1.1.1.0', 'office']])
    expect([after.coverage, after.mergeProposal]).toEqual([before.coverage, null])
    expect(await refusalOf(changeIpWhitelist(actor, id, { revision: before.revision, edit: merging }))).toBe('conflict')
  })

  test('of another organization is not there', async () => {
    const { id } = await makeWhitelist()
    const { actor } = await makeWhitelist()
    expect(await refusalOf(getIpWhitelist(personAt(actor), id))).toBe('not_found')
    expect(await refusalOf(changeIpWhitelist(actor, id, { edit: addingEntry(actor.viewer, { block: '8.8.8.8', comment: 'x', expires: null, confirmation: UNCONFIRMED }) }))).toBe('not_found')
  })

  test('takes changes of two people one after the other, because each is made of the whole list', async () => {
    const { add, get } = await makeWhitelist()
    await Promise.all(Array.from({ length: 8 }, (_, index) => add(`8.8.8.${index}`)))
    const list = await get()
    expect(blocksOf(list).sort()).toEqual(Array.from({ length: 8 }, (_, index) => `8.8.8.${index}`))
    expect(list.revision).toBe(8)
  })
})

describe('an entry that ends', () => {
  test('counts for nothing from then on, and removes itself with a proof', async () => {
    const { actor, id, add, get } = await makeWhitelist()
    await add('9.9.9.9')
    const { entries } = await add('8.8.8.8', { expires: { inHours: 6 } })
    expect(entries.at(1)?.expiresAt).toBe(new Date(clock.at + 6 * HOUR_MS).toISOString())
    clock.advance(6 * HOUR_MS)
    expect(blocksOf(await get())).toEqual(['9.9.9.9'])
    expect(await db().addressEntry.count({ where: { organizationId: actor.viewer.organizationId } })).toBe(2)
    await Promise.all([sweepExpired(), sweepExpired()])
    expect(await db().addressEntry.count({ where: { organizationId: actor.viewer.organizationId } })).toBe(1)
    const expired = (await audits(id)).filter(({ action }) => action === 'ip_whitelist.entry_expired')
    expect(expired.map(({ actorKind, detail }) => [actorKind, (detail as { block: string }).block])).toEqual([['system', '8.8.8.8']])
  })

  test('gives its place to the same network at once, swept or not', async () => {
    const { add } = await makeWhitelist()
    await add('8.8.8.8', { expires: { inHours: 6 } })
    clock.advance(7 * HOUR_MS)
    expect((await add('8.8.8.8')).entries.map(({ expiresAt }) => expiresAt)).toEqual([null])
  })

  test('does so in the future, within a year', async () => {
    const { add } = await makeWhitelist()
    for (const at of [clock.at, clock.at + 400 * DAY_MS]) expect(await refusalOf(add('8.8.8.8', { expires: { at: new Date(at).toISOString() } }))).toBe('invalid_input')
  })
})

test('an entry that nobody looked at for ninety days is due, until somebody says that it is needed', async () => {
  const { actor, id, add, get } = await makeWhitelist()
  const [entry] = (await add('8.8.8.8')).entries
  clock.advance(91 * DAY_MS)
  expect((await get()).entries.map(({ isReviewDue, isUnused }) => [isReviewDue, isUnused])).toEqual([[true, false]])
  await reviewEntries(personAt(actor), { kind: 'api_client', id }, [entry?.id ?? ''])
  expect((await get()).entries).toMatchObject([{ isReviewDue: false, reviewedBy: actor.viewer.name, reviewedAt: clock.date.toISOString() }])
})

describe('an import', () => {
  const wish = (text: string, wishes: Partial<z.input<typeof importPreviewInput>> = {}) =>
    importPreviewInput.parse({ format: 'text', mode: 'add', comment: 'imported', text, ...wishes })
  const outcomes = ({ lines }: ImportPreview) => lines.map(({ outcome }) => outcome)

  async function run(scene: Awaited<ReturnType<typeof makeWhitelist>>, given: z.output<typeof importPreviewInput>, confirmation = UNCONFIRMED) {
    const { actor, id } = scene
    const preview = await previewImport(personAt(actor), { kind: 'api_client', id }, given)
    const result = await changeIpWhitelist(actor, id, { revision: preview.revision, confirmation, edit: importing(given, actor.viewer) })
    return { preview, result }
  }

  test('does what its preview says', async () => {
    const scene = await makeWhitelist()
    await scene.add('8.8.8.8')
    const { preview, result } = await run(scene, wish('8.8.8.8, 9.9.9.0/24; 9.9.9.0/24\n1.1.1.1 # resolver'))
    expect(outcomes(preview)).toEqual(['same', 'added', 'duplicate', 'added'])
    expect(preview.diff).toEqual({ added: ['9.9.9.0/24', '1.1.1.1'], removed: [], kept: ['8.8.8.8'] })
    expect(result.entries.map(({ block, comment }) => [block, comment])).toEqual([['8.8.8.8', 'office'], ['9.9.9.0/24', 'imported'], ['1.1.1.1', 'resolver']])
  })

  test('is refused whole for one wrong line, which is told with a place and what may be meant', async () => {
    const scene = await makeWhitelist()
    const given = wish('8.8.8.8\n9.9.9.9/24\n2001:db8::1')
    const preview = await previewImport(personAt(scene.actor), { kind: 'api_client', id: scene.id }, given)
    expect(preview).toMatchObject({ wrongCount: 2, lines: [{ outcome: 'added' }, { code: 'host_bits', position: 9, suggestions: ['9.9.9.0/24'] }, { code: 'ipv6' }] })
    expect(await refusalOf(run(scene, given))).toBe('invalid_input')
    expect((await scene.get()).entries).toEqual([])
  })

  test('that replaces says what goes, and never empties a list without being told to', async () => {
    const scene = await makeWhitelist()
    await scene.add('8.8.8.8')
    const { preview, result } = await run(scene, wish('9.9.9.9', { mode: 'replace' }))
    expect([preview.diff, blocksOf(result)]).toEqual([{ added: ['9.9.9.9'], removed: ['8.8.8.8'], kept: [] }, ['9.9.9.9']])
    expect(await refusalOf(run(scene, wish('# nothing', { mode: 'replace' })))).toBe('whitelist_left_empty')
  })

  test('meets no change of somebody else', async () => {
    const { actor, id, add } = await makeWhitelist()
    const given = wish('9.9.9.9')
    const { revision } = await previewImport(personAt(actor), { kind: 'api_client', id }, given)
    await add('1.1.1.1')
    expect(await refusalOf(changeIpWhitelist(actor, id, { revision, edit: importing(given, actor.viewer) }))).toBe('conflict')
  })

  test.each(['text', 'csv'] as const)('reads back what an export as %s wrote', async (format) => {
    const scene = await makeWhitelist()
    await scene.add('8.8.8.8', { comment: 'first; with, signs' })
    await scene.add('9.9.9.0/24', { comment: 'second "quoted"', owner: 'Ops', expires: format === 'csv' ? { inHours: 24 } : null })
    const { text } = exportList(await readList(scene.actor.viewer.organizationId, { kind: 'api_client', id: scene.id }), 'list', format)
    const other = await makeWhitelist()
    const { result } = await run(other, wish(text, { format }))
    const told = ({ entries }: typeof result) => entries.map(({ block, comment, expiresAt }) => ({ block, comment, expiresAt }))
    expect(told(result)).toEqual(told(await scene.get()))
  })

  test('of CSV names a wrong column, comment and date', async () => {
    const scene = await makeWhitelist()
    const preview = (text: string) => previewImport(personAt(scene.actor), { kind: 'api_client', id: scene.id }, wish(text, { format: 'csv' }))
    const { lines } = await preview(`8.8.8.8,x,y,soon\n8.8.4.4,${'long'.repeat(60)}\n1.1.1.1,a,b,,e\n`)
    expect(lines.map(({ code }) => code)).toEqual(['expires', 'comment', 'columns'])
    expect(await refusalOf(preview('block,colour\n8.8.8.8,red\n'))).toBe('invalid_input')
  })
})

test('a check names the entry, or the nearest one', async () => {
  const { actor, id, add } = await makeWhitelist()
  await add('8.8.8.0/24', { comment: 'office' })
  const check = async (text: string) => checkAddress(await readList(actor.viewer.organizationId, { kind: 'api_client', id }), text)
  expect(await check('8.8.8.7')).toMatchObject({ verdict: 'listed', match: { line: 1, block: '8.8.8.0/24', comment: 'office' } })
  expect(await check('8.8.9.1')).toMatchObject({ verdict: 'not_listed', nearest: { line: 1, distance: 2, side: 'below' } })
  expect(await check('::ffff:8.8.8.7')).toMatchObject({ verdict: 'listed', address: '8.8.8.7' })
  expect(await check('2001:db8::1')).toMatchObject({ verdict: 'ipv6' })
  expect(await check('8.8.8.08')).toMatchObject({ verdict: 'unreadable', sentence: expect.stringContaining('octal') })
})

describe('getting it to Octorate', () => {
  const confirm = async (actor: Actor, id: string, versionId: string) => confirmIpWhitelist(actor, { id, versionId, how: 'mail of the support' })

  test('goes from draft over the letter to confirmed, and shows what has changed since', async () => {
    const { actor, id, add } = await makeWhitelist()
    const draft = await add('8.8.8.8')
    const requested = await requestIpWhitelist(actor, id, draft.revision)
    expect(requested).toMatchObject({ state: 'requested', drift: { added: ['8.8.8.8'] }, unrequested: { added: [], removed: [] }, versions: [{ number: 1, blocks: ['8.8.8.8'] }] })
    const { items } = await listLetters(actor.viewer, id)
    expect(items).toMatchObject([{ id: requested.versions[0]?.letterId, kind: 'ip_whitelist', ipList: { blocks: ['8.8.8.8'], added: ['8.8.8.8'], removed: [] } }])
    expect(await refusalOf(requestIpWhitelist(actor, id, requested.revision))).toBe('conflict')
    const versionId = requested.versions[0]?.id ?? ''
    const confirmed = await confirm(actor, id, versionId)
    expect(confirmed).toMatchObject({ state: 'confirmed', drift: { added: [], removed: [] }, versions: [{ confirmedBy: actor.viewer.name, confirmedHow: 'mail of the support' }] })
    expect(await refusalOf(confirm(actor, id, versionId))).toBe('conflict')
    const changed = await changeIpWhitelist(actor, id, { edit: (entries) => entries.map((entry) => ({ ...entry, block: '9.9.9.9' })) })
    expect(changed).toMatchObject({ state: 'draft', drift: { added: ['9.9.9.9'], removed: ['8.8.8.8'] } })
    const again = await requestIpWhitelist(actor, id, changed.revision)
    expect(again.versions[0]).toMatchObject({ number: 2, difference: { added: ['9.9.9.9'], removed: ['8.8.8.8'] } })
  })

  test('is verified by what Octorate answers for a property, and by nothing else', async () => {
    const { actor, id, clientId, add } = await makeWhitelist()
    await sandbox.control.changeAddresses(clientId, ['127.0.0.5'])
    const { versions } = await requestIpWhitelist(actor, id, (await add('127.0.0.1')).revision)
    await confirm(actor, id, versions[0]?.id ?? '')
    expect(await verifyIpWhitelist(actor, id, '324410')).toMatchObject({
      state: 'confirmed', verifications: [{ outcome: 'refused', status: 403, source: 'console', message: 'errNoResourcesForIdentity' }],
    })
    await sandbox.control.changeAddresses(clientId, ['127.0.0.1'])
    const verified = await verifyIpWhitelist(actor, id, '324410')
    expect(verified).toMatchObject({ state: 'verified', verifications: [{ outcome: 'allowed', status: 200 }, { outcome: 'refused' }] })
    expect((await audits(id)).filter(({ action }) => action === 'ip_whitelist.verified').map(({ outcome }) => outcome)).toEqual(['failure', 'success'])
  })

  test('proves nothing by a property that is not there', async () => {
    const { actor, id, clientId } = await makeWhitelist()
    await sandbox.control.changeAddresses(clientId, ['127.0.0.1'])
    expect(await verifyIpWhitelist(actor, id, '1')).toMatchObject({ state: 'empty', verifications: [{ outcome: 'unclear', status: 404 }] })
  })
})

test('a change that changes nothing leaves neither a revision nor a proof', async () => {
  const { actor, id, add } = await makeWhitelist()
  const { revision } = await add('8.8.8.8')
  const before = await audits(id)
  await changeList(personAt(actor), { holder: { kind: 'api_client', id }, edit: (entries) => entries })
  expect([(await getIpWhitelist(personAt(actor), id)).revision, await audits(id)]).toEqual([revision, before])
})
