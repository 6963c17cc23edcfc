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

const keyrack = (...args: string[]) => run('bin/keyrack.js', args, { env: { KEYRACK_DATA: stage.dataFolder } })

test('beside a running console a command says who has access, and another erases nobody without being told twice, and never the only owner', async () => {
  const console_ = stage.launch()
  await console_.ready()
  const code = await eventually(async () => /Set-up code: (\S+)/.exec(console_.output())?.[1] ?? null, (found) => found !== null)
  const body = JSON.stringify({ organizationName: 'Northwind', name: 'Robin', email: 'robin@keyrack.example', password: 'four unrelated words of mine', code })
  const made = await ask(stage.url, '/api/set-up', { method: 'POST', body, headers: { ...ownPageHeaders(stage.url), 'content-type': 'application/json' } })
  expect(made.status).toBe(200)

  const review = await keyrack('access-review')
  expect(review).toMatchObject({ code: 0, output: expect.stringMatching(/"person","[0-9a-f-]{36}","Robin","robin@keyrack.example","owner","off"/) })
  expect(await keyrack('erase', 'person', 'nobody@keyrack.example')).toMatchObject({ code: 0, output: expect.stringContaining('Nothing else was found') })
  expect(await keyrack('erase', 'person', 'robin@keyrack.example', '--yes')).toMatchObject({ code: 1, output: expect.stringContaining('the only owner') })
  expect(await keyrack('erase', 'somebody')).toMatchObject({ code: 1, output: expect.stringContaining('Usage: keyrack erase') })
  expect((await keyrack('access-review')).output).toBe(review.output)
})
