import type { BrowserContext, ConsoleMessage } from '@playwright/test'

/** What a browser did that no page of ours may make it do. */
export interface Watch {
  /** Answers of these statuses are part of the story: the browser's own line about them is no fault. */
  expectStatus(...statuses: readonly number[]): void
  /** Another origin that the story leads to. */
  allowOrigin(origin: string): void
  /** Every fault so far, in words. */
  faults(): readonly string[]
}

const FAILED_LOAD = /^Failed to load resource: the server responded with a status of (\d{3})/

/**
 * Listens to a browser from its first page on: console errors and warnings, uncaught errors, violations of the content
 * security policy, dialogs, and requests to anybody but the console and the sandbox.
 */
export async function watchBrowser(context: BrowserContext, ownOrigins: readonly string[]): Promise<Watch> {
  const [faults, origins, statuses] = [[] as string[], new Set(ownOrigins), new Set<number>()]
  context.on('console', (message) => {
    if (isLoud(message) && !isExpected(message, statuses)) faults.push(`console ${message.type()}: ${message.text()} (${message.location().url})`)
  })
  context.on('weberror', (error) => faults.push(`uncaught: ${error.error().message}`))
  context.on('dialog', (dialog) => {
    faults.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  context.on('request', (request) => {
    const { origin, protocol } = new URL(request.url())
    if (/^https?:$/.test(protocol) && !origins.has(origin)) faults.push(`request to a third party: ${request.url()}`)
  })
  await context.exposeBinding('reportViolation', (_source, text: string) => void faults.push(`policy violation: ${text}`))
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      const page = window as unknown as { reportViolation(text: string): void }
      page.reportViolation(`${violatedDirective} ${blockedURI}`)
    })
  })
  return {
    expectStatus: (...more) => more.forEach((status) => statuses.add(status)),
    allowOrigin: (origin) => void origins.add(origin),
    faults: () => faults,
  }
}

function isLoud(message: ConsoleMessage): boolean {
  return message.type() === 'error' || message.type() === 'warning'
}

function isExpected(message: ConsoleMessage, statuses: ReadonlySet<number>): boolean {
  const status = FAILED_LOAD.exec(message.text())?.[1]
  return status !== undefined && statuses.has(Number(status))
}
