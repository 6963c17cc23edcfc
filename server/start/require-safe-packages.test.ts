import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { requireSafePackages } from './require-safe-packages'

const made: string[] = []

afterEach(async () => {
  for (const folder of made.splice(0)) await rm(folder, { recursive: true })
})

async function installation(versions: Record<string, string>): Promise<string> {
  const root = await mkdtemp(path.join(os.tmpdir(), 'keyrack-packages-'))
  made.push(root)
  for (const [name, version] of Object.entries(versions)) {
    const folder = path.join(root, 'node_modules', name)
    await mkdir(folder, { recursive: true })
    await writeFile(path.join(folder, 'package.json'), JSON.stringify({ name, version }))
  }
  return root
}

test('what this repository installs may serve pages', async () => {
  await expect(requireSafePackages(process.cwd())).resolves.toBeUndefined()
})

test.each([
  [{ next: '16.2.4', react: '19.3.1', 'react-dom': '19.3.1' }, 'The installed next 16.2.4 has publicly known holes that are closed since 16.2.5.'],
  [{ next: '16.2.5-canary.1', react: '19.3.1', 'react-dom': '19.3.1' }, 'The installed next 16.2.5-canary.1 '],
  [{ next: '16.4.6', react: '19.3.1' }, 'The package react-dom is not installed beside Keyrack.'],
  [{ next: '9.9.9', react: '19.3.1', 'react-dom': '19.3.1' }, 'The installed next 9.9.9 '],
  [{ next: '16.4.6', react: '19.2.0', 'react-dom': '19.3.1' }, 'The installed react 19.2.0 '],
  [{ next: '16.4.6', react: '19.3.1', 'react-dom': '19.2.5' }, 'The installed react-dom 19.2.5 '],
])('a start with %j is refused', async (versions, sentence) => {
  await expect(requireSafePackages(await installation(versions))).rejects.toThrow(sentence)
})

test.each([{ next: '16.2.5', react: '19.2.6', 'react-dom': '19.2.6' }, { next: '16.10.0-canary.3', react: '20.0.0', 'react-dom': '20.0.0' }])(
  'a start with %j is not', async (versions) => {
    await expect(requireSafePackages(await installation(versions))).resolves.toBeUndefined()
  },
)
