import path from 'node:path'
import { fileURLToPath } from 'node:url'
import base from '../../playwright.config'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The same browser and console as the stories, to take pictures. */
export default {
  ...base,
  testDir: '.',
  testMatch: '*.shot.ts',
  tsconfig: path.join(root, 'e2e', 'tsconfig.json'),
  globalSetup: path.join(root, 'e2e', 'support', 'global-setup.ts'),
  outputDir: path.join(root, 'test-results'),
  fullyParallel: false,
  workers: 1,
  timeout: 600_000,
}
