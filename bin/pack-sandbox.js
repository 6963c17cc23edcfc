#!/usr/bin/env node
// Makes keyrack-sandbox-<version>.tgz, which runs without the console: node bin/pack-sandbox.js [folder for the tgz].
import { packPackage } from './pack/pack-package.js'

await packPackage({
  folder: 'sandbox',
  papers: ['README.md', 'LICENSE', 'seed.example.json'],
  entryPoints: {
    main: 'main.ts',
    'create-sandbox': 'create-sandbox.ts',
    playwright: 'playwright/sandbox-test.ts',
  },
  program: 'main',
})
