import { existsSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ask } from '../ask'
import { removeData } from '../console'
import { run } from '@/bin/test/run.js'
import { makeStage, type Stage } from './stage'

let stage: Stage
beforeEach(async () => {
  stage = await makeStage()
})
afterEach(() => stage.clear())

const keyrack = (...args: string[]) => run('bin/keyrack.js', args, { env: { KEYRACK_DATA: stage.dataFolder } })

test('doctor, upgrade and backup work beside a running console, and restore brings everything back once the data folder is gone but for the key', async () => {
  const file = path.join(path.dirname(stage.dataFolder), 'all.keyrack')
  const first = stage.launch()
  await first.ready()
  expect(await keyrack('doctor')).toMatchObject({ code: 0, output: expect.stringContaining('Keys: "k1" seals') })
  expect((await keyrack('upgrade', '--check')).output).toContain('a start changes nothing')
  const taken = await keyrack('backup', file)
  expect(taken).toMatchObject({ code: 0, output: expect.stringContaining(`are in ${file}.`) })
  expect((await keyrack('backup', file)).output).toContain('is there already')
  expect(await keyrack('restore', file)).toMatchObject({ code: 1, output: expect.stringContaining('stop it before you restore') })
  first.interrupt()
  await first.exited

  const key = await readFile(path.join(stage.dataFolder, 'keys'))
  await removeData(stage.dataFolder)
  expect(await keyrack('restore', file)).toMatchObject({ code: 1, output: expect.stringContaining('The key file does not exist') })
  expect(existsSync(path.join(stage.dataFolder, 'postgres'))).toBe(false)
  await mkdir(stage.dataFolder, { recursive: true })
  await writeFile(path.join(stage.dataFolder, 'keys'), key, { mode: 0o600 })
  expect(await keyrack('restore', file)).toMatchObject({ code: 0, output: expect.stringContaining('were put in; 0 were there already.') })
  const second = stage.launch()
  await second.ready()
  expect((await ask(stage.url, '/readyz')).status).toBe(200)
  second.interrupt()
  await second.exited
  await rm(file)
})
