#!/usr/bin/env node
// `npm test`: every check there is, or the stages named as arguments, of a stage perhaps only the files whose names hold
// a word (`node bin/test.js unit surface=headers`). All of them run even when an earlier one failed, except those that
// need the build. The last line counts all checks together; above it every one that failed is named.
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { STAGES } from './test/stages.js'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))

const wanted = new Map(process.argv.slice(2).map((argument) => argument.split('=')))
if ([...wanted.keys()].some((name) => !STAGES.some((stage) => stage.name === name))) {
  console.error(`usage: node ${path.join('bin', 'test.js')} [${STAGES.map((stage) => stage.name).join('|')}][=WORD] …`)
  process.exit(2)
}

const isWanted = (name) => wanted.size === 0 || wanted.has(name)
const chosen = STAGES.filter((stage) => isWanted(stage.name) || STAGES.some((other) => isWanted(other.name) && other.needs === stage.name))
const total = { passed: 0, failed: 0 }
const broken = new Set()
const names = []

for (const stage of chosen) {
  if (stage.needs && broken.has(stage.needs)) {
    total.failed += 1
    names.push(`${stage.name}: not run`)
    console.log(`${stage.name}: not run, because ${stage.needs} failed`)
    continue
  }
  const startedAt = performance.now()
  const result = complete(await stage.run(wanted.get(stage.name)).catch((error) => ({ passed: 0, failed: 1, report: String(error?.stack ?? error) })))
  const seconds = Math.round((performance.now() - startedAt) / 1000)
  total.passed += result.passed
  total.failed += result.failed
  if (result.failed > 0) {
    broken.add(stage.name)
    names.push(...(result.names?.length > 0 ? result.names : ['see above']).map((name) => `${stage.name}: ${name}`))
    console.log(`\n${'─'.repeat(20)} ${stage.name} ${'─'.repeat(20)}\n${result.report.trim()}\n`)
  }
  console.log(`${stage.name}: ${result.failed > 0 ? `${result.failed} FAILED, ` : ''}${result.passed} ok in ${seconds} s`)
}

for (const name of names) console.log(`FAILED ${name}`)
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.failed > 0 ? 1 : 0

/** A stage in which nothing ran has shown nothing: that is a failure. */
function complete(result) {
  if (result.passed + result.failed > 0) return result
  return { passed: 0, failed: 1, report: `${result.report}\nNothing ran.` }
}
