import { defineConfig } from '@playwright/test'
import { findChromium } from './bin/test/find-chromium.js'

const QUIET = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']
const executablePath = findChromium()
const isRoot = process.getuid?.() === 0
const report = process.env['PLAYWRIGHT_JSON_OUTPUT_FILE']

/** The stories: built console, sandbox, PostgreSQL and Chromium, all real. A story that fails is not tried again. */
export default defineConfig({
  testDir: 'e2e',
  tsconfig: 'e2e/tsconfig.json',
  globalSetup: './e2e/support/global-setup.ts',
  outputDir: 'test-results',
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  workers: 2,
  // Generous, because a busy machine is no fault.
  timeout: 180_000,
  // Sooner than npm test gives up on it, so that a report says what hung.
  globalTimeout: 32 * 60_000,
  expect: { timeout: 30_000 },
  reporter: [['list'], ...(report ? [['json', { outputFile: report }] as const] : [])],
  use: {
    browserName: 'chromium',
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    timezoneId: 'Europe/Rome',
    actionTimeout: 30_000,
    navigationTimeout: 40_000,
    screenshot: 'only-on-failure',
    launchOptions: {
      args: [...QUIET, ...(isRoot ? ['--no-sandbox'] : [])],
      ...(executablePath === null ? {} : { executablePath }),
    },
  },
})
