import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startSandbox } from './testing/start'

const run = promisify(execFile)

const languages = [
  { name: 'sh', file: 'recipe.sh', program: 'sh', needs: 'curl' },
  { name: 'js', file: 'recipe.mjs', program: process.execPath, needs: process.execPath },
  { name: 'python', file: 'recipe.py', program: 'python3', needs: 'python3' },
  { name: 'php', file: 'recipe.php', program: 'php', needs: 'php' },
]

describe('the recipes of the README run as they stand, where their language is installed', () => {
  it.each(languages.filter(isInstalled))('$name', async ({ name, file, program }) => {
    const { sandbox } = await startSandbox()
    const folder = mkdtempSync(join(tmpdir(), 'sandbox-recipe-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    writeFileSync(join(folder, file), recipe(name))
    await run('env', [`SANDBOX=${sandbox.url}`, program, join(folder, file)], { timeout: 20_000 })
    const facts = sandbox.truthLog().map(({ type }) => type)
    expect(facts.filter((type) => type === 'token.refreshed')).toHaveLength(3)
    expect(facts.slice(-5)).toEqual(['grant.revoked', 'refresh.refused', 'code.issued', 'clock.changed', 'code.refused'])
  }, 30_000)
})

function isInstalled({ needs }: { readonly needs: string }): boolean {
  return spawnSync(needs, ['--version']).status === 0
}

/** The fenced block of this language in the section of recipes. */
function recipe(language: string): string {
  const text = readFileSync(new URL('README.md', import.meta.url), 'utf8')
  const section = text.slice(text.indexOf('\n## Recipes'))
  const block = new RegExp(`\\n\`\`\`${language}\\n([\\s\\S]*?)\\n\`\`\`\\n`).exec(section)
  if (!block?.[1]) throw new TypeError(`the README has no recipe in ${language}`)
  return block[1]
}
