import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'

/** Debian's, the one without windows first: its stories take two thirds of the time. */
const DEBIAN = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium']

/** Path of the Chromium that the stories are told in: Debian's, else the one that Playwright has downloaded, else null. */
export function findChromium() {
  return [...DEBIAN, chromium.executablePath()].find((file) => existsSync(file)) ?? null
}
