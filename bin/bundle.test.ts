import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { bundle } from './bundle'

describe('bundling a program alone', () => {
  let folder: string

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'keyrack-bundle-'))
  })

  afterEach(() => rm(folder, { recursive: true, force: true }))

  test.each(['xray', 'sandbox', 'cli', 'embedded-postgres'])(
    'makes %s without the generated database client, because a fresh checkout has none',
    async (name) => {
      await bundle([name], folder)
      expect((await readdir(folder)).sort()).toEqual([`${name}.js`, `${name}.js.map`])
      expect(await readFile(path.join(folder, `${name}.js`), 'utf8')).not.toContain('generated/prisma')
    },
  )

  test('leaves OpenTelemetry unloaded in the programs that can trace, because most consoles have no collector', async () => {
    await bundle(['start', 'worker'], folder)
    for (const program of ['start', 'worker']) {
      const text = await readFile(path.join(folder, `${program}.js`), 'utf8')
      expect(text).toContain('import("@opentelemetry/sdk-trace-base")')
      expect(text).not.toMatch(/^import .*@opentelemetry/m)
    }
  })
})
