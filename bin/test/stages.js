import { bin, run } from './run.js'
import { countPlaywright, countVitest } from './count.js'
import { findChromium } from './find-chromium.js'

/**
 * The checks in their order. Each answers how many passed and failed, and a report to show when something failed. Types,
 * lint and build count as one each. `needs` names the stage without which it cannot run; `word` chooses files by name.
 */
export const STAGES = [
  { name: 'lint', run: () => one(bin('oxlint'), ['--deny-warnings']) },
  { name: 'types', run: checkTypes },
  { name: 'unit', run: (word) => vitest('unit', word) },
  { name: 'integration', run: (word) => vitest('integration', word) },
  { name: 'rig', run: (word) => vitest('rig', word) },
  { name: 'build', run: () => one('bin/keyrack.js', ['build']) },
  { name: 'surface', needs: 'build', run: (word) => vitest('surface', word) },
  { name: 'start', needs: 'build', run: (word) => vitest('start', word) },
  { name: 'browser', needs: 'build', run: browser },
]

async function checkTypes() {
  // Generating needs no schema engine, which would be a download.
  const env = { PRISMA_SCHEMA_ENGINE_BINARY: '/bin/false', CHECKPOINT_DISABLE: '1' }
  const generated = await run(bin('prisma'), ['generate', '--no-hints'], { env })
  if (generated.code !== 0) return { passed: 0, failed: 1, report: generated.output }
  return one(bin('tsc'), ['--noEmit'])
}

async function one(program, args) {
  const { code, output } = await run(program, args)
  return code === 0 ? { passed: 1, failed: 0, report: '' } : { passed: 0, failed: 1, report: output }
}

function vitest(project, word) {
  const chosen = word ? [word] : []
  return countVitest((file) =>
    run(bin('vitest'), ['run', ...chosen, '--project', project, '--reporter=dot', '--reporter=json', `--outputFile.json=${file}`]),
  )
}

async function browser(word) {
  if (findChromium() === null) {
    const report = 'No Chromium: install one with "apt-get install chromium-headless-shell" or "npx playwright install chromium".'
    return { passed: 0, failed: 1, report }
  }
  return countPlaywright((file) =>
    run(bin('playwright'), ['test', ...(word ? [word] : []), '--reporter=line,json'], { env: { PLAYWRIGHT_JSON_OUTPUT_FILE: file } }),
  )
}
