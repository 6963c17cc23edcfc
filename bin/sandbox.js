#!/usr/bin/env node
// The sandbox alone: npm run sandbox -- --port 3900 --data .data/sandbox. `--help` lists the options.
import { fileURLToPath } from 'node:url'
import { bundle } from './bundle.js'

const root = fileURLToPath(new URL('..', import.meta.url))
process.chdir(root)
await bundle(['sandbox'])
await import('../dist/sandbox.js')
