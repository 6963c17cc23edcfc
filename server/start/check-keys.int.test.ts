import { describe, expect, test } from 'vitest'
import { makeKey, parseKeys } from '../crypto/parse-keys'
import { checkKeys } from './check-keys'
import { openRig } from '../../tests/runtime'

const rig = await openRig()
const { pool } = rig.runtime
const [first, second] = [makeKey('k1'), makeKey('k2')]
const check = (text: string) => checkKeys(pool, parseKeys(text))
const known = () => rig.database.sql<{ key_id: string; check_sealed: string }>('SELECT key_id, check_sealed FROM encryption_keys ORDER BY key_id')

describe('the check of the keys at the start', () => {
  test('remembers the first key of an empty database, and accepts it from then on', async () => {
    await check(first)
    await check(first)
    const rows = await known()
    expect(rows.map(({ key_id }) => key_id)).toEqual(['k1'])
    expect(rows[0]?.check_sealed).not.toContain(first.slice(3))
  })

  test('refuses other bytes under the same id, and says what to do', async () => {
    await expect(check(makeKey('k1'))).rejects.toThrow(
      'Key "k1" is not the key that this database was written with: it has the same id and other bytes. ' +
        'Put the right one into KEYRACK_KEYS (or .data/keys) from your backup, or give the new key an id of its own.',
    )
  })

  test('refuses a set that lacks the key which the database was written with, and says what to do', async () => {
    await expect(check(second)).rejects.toThrow(
      'This database was written with key "k1", which is not configured. Put it back into KEYRACK_KEYS (or .data/keys) ' +
        'from your backup; without it the stored tokens cannot be opened by anybody.',
    )
    expect((await known()).map(({ key_id }) => key_id)).toEqual(['k1'])
  })

  test('accepts a new key before the old one, and wants both from then on', async () => {
    await check(`${second},${first}`)
    expect((await known()).map(({ key_id }) => key_id)).toEqual(['k1', 'k2'])
    await expect(check(first)).rejects.toThrow('written with key "k2"')
    await expect(check(second)).rejects.toThrow('written with key "k1"')
    await check(`${first},${second}`)
  })

  test('refuses a proof that was changed by hand', async () => {
    await rig.database.sql(`UPDATE encryption_keys SET check_sealed = (SELECT check_sealed FROM encryption_keys WHERE key_id = 'k1') WHERE key_id = 'k2'`)
    await expect(check(`${first},${second}`)).rejects.toThrow('Key "k2" is not the key')
  })

  test('never repeats a key in what it says', async () => {
    const wrong = makeKey('k1')
    const sentence = await check(wrong).then(() => '', (error: Error) => error.message)
    expect(sentence).toContain('k1')
    expect(sentence).not.toContain(wrong.slice(3))
    expect(sentence).not.toContain(first.slice(3))
  })
})
