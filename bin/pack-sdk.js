#!/usr/bin/env node
// Makes keyrack-client-<version>.tgz, for integrators' back ends: node bin/pack-sdk.js [folder for the tgz].
import { packPackage } from './pack/pack-package.js'

await packPackage({
  folder: 'sdk',
  papers: ['README.md', 'LICENSE'],
  entryPoints: { 'create-keyrack-client': 'create-keyrack-client.ts', cli: 'cli/main.ts' },
  program: 'cli',
})
