import { describe, expect, test } from 'vitest'
import { db } from '../db'
import type { Actor } from '../http/define-handler'
import { makeActor, makeApiClient, type TestApiClient } from '../../tests/factories'
import { openMachineFront } from '../../tests/machine-front'
import { makeMachineKey } from '../../tests/make-machine-key'
import { holdOldKeys } from '../../tests/old-keys'
import { openRig } from '../../tests/runtime'
import { watchCalls } from '../../tests/upstream-calls'
import { runKeyMigration } from './run-key-migration'
import type { NewKeyLine } from './to-rows'

const rig = await openRig()
const front = await openMachineFront()

interface Scene {
  readonly actor: Actor
  readonly apiClient: TestApiClient
  readonly key: string
  readonly lines: readonly NewKeyLine[]
}

interface Answer {
  readonly httpStatus: number
  readonly id?: string
  readonly state?: string
  readonly total?: number
  readonly code?: string
  readonly issues?: { path: string; message: string }[]
  readonly items?: { number: number; propertyId: string; verdict: string }[]
}

async function makeScene(properties: readonly string[] = []): Promise<Scene> {
  const actor = await makeActor()
  const apiClient = await makeApiClient(rig, actor)
  const lines = await holdOldKeys(rig, apiClient, ['324410', '324417'])
  return { actor, apiClient, lines, key: (await makeMachineKey(actor, { scopes: ['migrations:run'], properties })).header }
}

async function post({ apiClient, key }: Scene, path: string, { body, type = 'text/csv' }: { body: string | Buffer; type?: string | undefined }): Promise<Answer> {
  const answer = await front.call('POST', `/api/v1${path}?apiClientId=${apiClient.id}${path === '/migrations' ? '&perSecond=unlimited' : ''}`, { as: key, body, headers: { 'content-type': type } })
  return { httpStatus: answer.status, ...(answer.json() as object) }
}
const bring = (scene: Scene, body: string | Buffer, type?: string) => post(scene, '/migrations', { body, type })
const check = (scene: Scene, body: string | Buffer, type?: string) => post(scene, '/migrations/check', { body, type })
const act = async ({ key }: Scene, id: string, verb: string) => {
  const answer = await front.call('POST', `/api/v1/migrations/${id}/${verb}`, { as: key })
  return answer.json() as { state?: string; code?: string }
}
const csv = ({ lines }: Scene) => `key,property_id,name\n${lines.map(({ key, propertyId }) => `${key},${propertyId},Casa ${propertyId}\n`).join('')}`
const migrationsOf = ({ actor }: Scene) => db().keyMigration.findMany({ where: { organizationId: actor.viewer.organizationId } })
const storedOf = async (id: string) =>
  (await db().keyLine.findMany({ where: { migrationId: id }, orderBy: { number: 'asc' } })).map(({ number, propertyId, name }) => [number, propertyId, name])

describe('keys as CSV', () => {
  test.each<[string, (lines: readonly NewKeyLine[]) => string]>([
    ['with commas', (lines) => `key,property_id,name\n${lines.map(({ key, propertyId }) => `${key},${propertyId},"Casa, ${propertyId}"`).join('\n')}`],
    ['with semicolons, as spreadsheets of many countries write it', (lines) => `key;property_id;name\n${lines.map(({ key, propertyId }) => `${key};${propertyId};Casa, ${propertyId}`).join('\n')}`],
    ['with tabs', (lines) => `key\tproperty_id\tname\n${lines.map(({ key, propertyId }) => `${key}\t${propertyId}\tCasa, ${propertyId}`).join('\n')}`],
    ['with a byte order mark and CRLF', (lines) => `\uFEFFkey;property_id;name\r\n${lines.map(({ key, propertyId }) => `${key};${propertyId};Casa, ${propertyId}\r\n`).join('')}`],
    ['with every cell in quotes', (lines) => `"key","property_id","name"\n${lines.map(({ key, propertyId }) => `"${key}","${propertyId}","Casa, ${propertyId}"\n`).join('')}`],
    ['with columns in another order, and others between', (lines) => `Nome struttura;stars;ID struttura;API key\n${lines.map(({ key, propertyId }) => `Casa, ${propertyId};4;${propertyId};${key}\n`).join('')}`],
  ])('%s become the lines of a migration', async (_how, write) => {
    const scene = await makeScene()
    const answer = await bring(scene, write(scene.lines))
    expect(answer).toMatchObject({ httpStatus: 200, state: 'running', total: 2 })
    expect(await storedOf(answer.id ?? '')).toEqual([[2, '324410', 'Casa, 324410'], [3, '324417', 'Casa, 324417']])
    await runKeyMigration(answer.id ?? '', new AbortController().signal)
    expect((await migrationsOf(scene)).map(({ state }) => state)).toEqual(['finished'])
    expect(await db().keyLine.count({ where: { migrationId: answer.id ?? '', state: 'verified' } })).toBe(2)
  })

  test('are the same migration as the same keys in lines of JSON', async () => {
    const scene = await makeScene()
    const json = scene.lines.map(({ key, propertyId }) => `${JSON.stringify({ key, propertyId, name: `Casa ${propertyId}` })}\n`).join('')
    const ids = [await bring(scene, csv(scene)), await bring(scene, json, 'application/x-ndjson')].map(({ id }) => id)
    expect([ids[0] === ids[1], (await migrationsOf(scene)).length]).toEqual([true, 1])
  })

  test('brought ten times at once are one migration', async () => {
    const scene = await makeScene()
    const answers = await Promise.all(Array.from({ length: 10 }, () => bring(scene, csv(scene))))
    expect(new Set(answers.map(({ httpStatus, id }) => `${httpStatus} ${id}`)).size).toBe(1)
    expect((await migrationsOf(scene)).map(({ total }) => total)).toEqual([2])
  })

  test('with a line changed are refused, and told the difference without a key', async () => {
    const scene = await makeScene()
    await bring(scene, csv(scene))
    const changed = await bring(scene, csv(scene).replace(scene.lines[1]?.key ?? '', 'sbx_legacy_324417_other'))
    expect(changed).toMatchObject({ httpStatus: 409, code: 'key_migration_overlaps', issues: [{ path: '3.key', message: 'changed' }] })
    expect(JSON.stringify(changed)).not.toContain('sbx_legacy')
    expect((await migrationsOf(scene)).length).toBe(1)
  })

  test('of which one comes twice are taken, and the second line is skipped', async () => {
    const scene = await makeScene()
    const { id = '' } = await bring(scene, `${csv(scene)}${scene.lines[0]?.key},324410,Again\n`)
    const lines = await db().keyLine.findMany({ where: { migrationId: id }, orderBy: { number: 'asc' } })
    expect(lines.map(({ number, state, reason }) => [number, state, reason])).toEqual([
      [2, 'pending', null], [3, 'pending', null], [4, 'skipped', 'same_key_in_file'],
    ])
  })

  test.each<[string, string | Buffer, { path: string; message: string }]>([
    ['no column for the id', 'key\nabcdefgh\n', { path: '1.2', message: 'no_property_column' }],
    ['two columns for the key', 'key,api key,id\na,b,1\n', { path: '1.2', message: 'two_key_columns' }],
    ['an id that a spreadsheet rounded', 'key,id\nabcdefgh,3.2441E+5\n', { path: '2.2', message: 'property_exponent' }],
    ['a key that is missing', 'key,id\n,324410\n', { path: '2.1', message: 'key_missing' }],
    ['another encoding', Buffer.concat([Buffer.from('key,id,name\nabcdefgh,324410,Citt'), Buffer.from([0xe0])]), { path: '2.3', message: 'wrong_encoding' }],
    ['nothing', '\n\n', { path: '1.1', message: 'empty_file' }],
    ['a heading and no line', 'key,id\n', { path: '1.1', message: 'empty_file' }],
  ])('with %s are refused whole, with line and cell', async (_what, body, issue) => {
    const scene = await makeScene()
    const answer = await bring(scene, body)
    expect(answer).toMatchObject({ httpStatus: 422, code: 'key_line_malformed', issues: [issue] })
    expect(JSON.stringify(answer)).not.toContain('abcdefgh')
    expect(await migrationsOf(scene)).toEqual([])
  })

  test('of more lines than a migration may have are refused', async () => {
    const scene = await makeScene()
    const many = `key,id\n${Array.from({ length: 20_001 }, (_, index) => `sbx_legacy_${index},${index + 1}\n`).join('')}`
    expect(await bring(scene, many)).toMatchObject({ httpStatus: 413, code: 'body_too_large' })
    expect(await migrationsOf(scene)).toEqual([])
  })

  test('are for an endpoint that says so: imports take lines of JSON only, and no endpoint a page', async () => {
    const scene = await makeScene()
    expect(await bring(scene, csv(scene), 'text/html')).toMatchObject({ httpStatus: 415, code: 'wrong_content_type' })
    const { header } = await makeMachineKey(scene.actor)
    expect(await post({ ...scene, key: header }, '/imports', { body: csv(scene) })).toMatchObject({ httpStatus: 415, code: 'wrong_content_type' })
  })
})

describe('a dry run', () => {
  test('tells of each line what a start would do, keeps nothing, and sends no key', async () => {
    const scene = await makeScene()
    await bring(scene, csv({ ...scene, lines: scene.lines.slice(0, 1) }))
    const body = `${csv(scene)}${scene.lines[1]?.key},324417,Again\n`
    const [stored, calls] = [await db().oldKey.count(), watchCalls(rig)]
    const answer = await check(scene, body)
    expect(answer).toMatchObject({
      httpStatus: 200, total: 3, isListed: false,
      items: [
        { number: 2, propertyId: '324410', verdict: 'in_other_migration' },
        { number: 3, propertyId: '324417', verdict: 'ready' },
        { number: 4, propertyId: '324417', verdict: 'duplicate' },
      ],
    })
    expect(JSON.stringify(answer)).not.toContain('sbx_legacy')
    expect([await db().oldKey.count(), (await migrationsOf(scene)).length, calls.count('identity/migrate')]).toEqual([stored, 1, 0])
  })

  test('refuses what a start would refuse', async () => {
    const scene = await makeScene(['324410'])
    expect(await check(scene, csv(scene))).toMatchObject({ httpStatus: 403, code: 'machine_key_properties' })
    expect(await check(scene, 'key,id\n,324410\n')).toMatchObject({ httpStatus: 422, issues: [{ path: '2.1', message: 'key_missing' }] })
  })
})

describe('a migration by machine', () => {
  test('is paused, resumed, cancelled and tried again by its key, each with a proof', async () => {
    const scene = await makeScene()
    const { id = '' } = await bring(scene, csv(scene))
    const states = []
    for (const verb of ['pause', 'resume', 'pause', 'cancel', 'retry']) {
      rig.clock.advance(1_000)
      const { state, code } = await act(scene, id, verb)
      states.push(code ?? state)
    }
    expect(states).toEqual(['paused', 'running', 'paused', 'cancelled', 'nothing_to_retry'])
    const proofs = await db().auditEvent.findMany({ where: { targetId: id }, orderBy: { at: 'asc' } })
    expect(proofs.map(({ action, actorKind }) => `${actorKind} ${action}`)).toEqual([
      'machine_key key_migration.started', 'machine_key key_migration.paused', 'machine_key key_migration.resumed',
      'machine_key key_migration.paused', 'machine_key key_migration.cancelled',
    ])
  })

  test('is reported as CSV without a key, in which a spreadsheet runs nothing', async () => {
    const scene = await makeScene()
    const { id = '' } = await bring(scene, csv(scene).replace('Casa 324410', '=1+1'))
    const answer = await front.call('GET', `/api/v1/migrations/${id}/report`, { as: scene.key })
    expect([answer.status, answer.headers['content-type']]).toEqual([200, 'text/csv; charset=utf-8'])
    const [heading, first] = answer.text.split('\r\n')
    expect(heading).toContain('property')
    expect(first).toContain("'=1+1")
    expect(answer.text).not.toContain('sbx_legacy')
  })

  test('is nothing for a key with a list of properties that lacks one of its lines', async () => {
    const scene = await makeScene()
    const { id = '' } = await bring(scene, csv(scene))
    const poor = { ...scene, key: (await makeMachineKey(scene.actor, { scopes: ['migrations:run'], properties: ['324410'] })).header }
    for (const verb of ['pause', 'resume', 'retry', 'cancel']) expect([verb, (await act(poor, id, verb)).code]).toEqual([verb, 'not_found'])
    expect((await migrationsOf(scene)).map(({ state }) => state)).toEqual(['running'])
  })
})
