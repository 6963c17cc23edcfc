#!/usr/bin/env node
// Takes the README's pictures from the built console: `npm run screenshots`. With a folder as argument it also puts
// pictures of every page there, in light, dark and on a phone, for somebody to look through.
import { spawn } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildIfStale } from './build.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const [folder] = process.argv.slice(2)
const pictures = folder === undefined ? {} : { KEYRACK_PICTURES: path.resolve(folder) }

process.chdir(root)
await buildIfStale(root, (line) => console.log(line))
const child = spawn(process.execPath, [path.join('node_modules', '.bin', 'playwright'), 'test', '--config', 'e2e/screenshots'], {
  env: { ...process.env, ...pictures },
  stdio: 'inherit',
})
child.on('exit', (code) => (process.exitCode = code ?? 1))
