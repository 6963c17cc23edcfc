import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('.', import.meta.url))
const shared = { resolve: { alias: { '@': root, 'server-only': `${root}tests/server-only.ts` } } }

export default defineConfig({
  test: {
    projects: [
      {
        ...shared,
        test: {
          name: 'unit',
          include: ['{lib,contracts,server,features,components,sandbox,sdk,tests,app,bin}/**/*.test.{ts,tsx}'],
          exclude: ['**/*.int.test.ts', 'tests/{surface,start,rig}/**', '**/node_modules/**'],
          setupFiles: ['tests/loud-console.ts'],
          // Ten thousand random cases take a while on a busy machine.
          testTimeout: 60_000,
          maxWorkers: 2,
          // Rules have no state to keep apart, and loading every module anew for each file took a third of the time.
          isolate: false,
        },
      },
      {
        ...shared,
        test: {
          name: 'integration',
          include: ['{server,app,tests}/**/*.int.test.ts'],
          setupFiles: ['tests/loud-console.ts'],
          globalSetup: ['tests/postgres-setup.ts'],
          // Generous, because a busy machine is no fault: alone, no test takes longer than twenty seconds.
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
        },
      },
      {
        ...shared,
        test: {
          name: 'rig',
          include: ['tests/rig/**/*.test.ts'],
          setupFiles: ['tests/loud-console.ts'],
          testTimeout: 300_000,
          hookTimeout: 120_000,
          // The scenarios load the machine as it is: one at a time.
          maxWorkers: 1,
        },
      },
      {
        ...shared,
        test: {
          name: 'surface',
          include: ['tests/surface/**/*.test.ts'],
          setupFiles: ['tests/loud-console.ts'],
          globalSetup: ['tests/build-setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
        },
      },
      {
        ...shared,
        test: {
          name: 'start',
          include: ['tests/start/**/*.test.ts'],
          setupFiles: ['tests/loud-console.ts'],
          globalSetup: ['tests/build-setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
        },
      },
    ],
  },
})
