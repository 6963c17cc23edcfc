import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { run } from '@/bin/test/run.js'
import { ask } from '../ask'
import { ownPageHeaders } from '../console'
import { eventually } from '../processes'
import { makeStage, type Stage } from './stage'

let stage: Stage
beforeEach(async () => {
  stage = await makeStage()
})
afterEach(() => stage.clear())

const keyrack = (...args: string[]) => run('bin/keyrack.js', ['keys', ...args], { env: { KEYRACK_DATA: stage.dataFolder } })
const keyFile = () => path.join(stage.dataFolder, 'keys')

test('a key is replaced while the console runs, and the old one can be taken away', async () => {
  const first = stage.launch()
  await first.ready()
  const code = await eventually(async () => /Set-up code: (\S+)/.exec(first.output())?.[1] ?? null, (found) => found !== null)
  const body = JSON.stringify({ organizationName: 'Northwind', name: 'Robin', email: 'robin@keyrack.example', password: 'four unrelated words of mine', code })
  const made = await ask(stage.url, '/api/set-up', { method: 'POST', body, headers: { ...ownPageHeaders(stage.url), 'content-type': 'application/json' } })
  expect(made.status).toBe(200)

  const old = (await readFile(keyFile(), 'utf8')).trim()
  const fresh = (await keyrack('new', 'k2')).output.trim()
  expect(fresh).toMatch(/^k2:\S{44}$/)
  expect((await keyrack('retire', 'k1')).output).toContain('the one that seals')
  await writeFile(keyFile(), `${fresh}\n${old}\n`)
  await eventually(async () => first.output(), (output) => output.includes('another key seals from now on'))
  expect((await keyrack('retire', 'k1')).output).toContain('run "keyrack keys reseal" first')
  expect(await keyrack('reseal')).toMatchObject({ code: 0, output: expect.stringContaining('were sealed anew with key "k2"') })
  expect((await keyrack('retire', 'k1')).output).toContain('Key "k1" is retired')
  expect((await keyrack()).output).toMatch(/k1 +retired +0 values\nk2 +seals +\d+ values/)
  await writeFile(keyFile(), `${fresh}\n`)
  expect((await ask(stage.url, '/readyz')).status).toBe(200)
  first.interrupt()
  await first.exited

  const second = stage.launch()
  await second.ready()
  expect((await ask(stage.url, '/sign-in')).status).toBe(200)
  second.interrupt()
  await second.exited
  await writeFile(keyFile(), `${old}\n${fresh}\n`)
  const third = stage.launch()
  expect(await third.exited).toBe(1)
  expect(third.output()).toContain('Key "k1" was retired and must not seal again')
})
