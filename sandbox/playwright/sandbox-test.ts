import { expect, test as base, type Page } from '@playwright/test'
import { actOnConsent, type Consenting, type ConsentOutcome } from './act-on-consent'
import { createSandbox, type Sandbox, type SandboxOptions } from '../create-sandbox'
import type { ActiveFault, FaultRule } from '../control/fault-rules'

export type { Consenting, ConsentOutcome } from './act-on-consent'
export type { FaultRule } from '../control/fault-rules'
export type { Sandbox, SandboxOptions } from '../create-sandbox'
export { expect }

export type SandboxWorkerFixtures = {
  /** how each worker's sandbox is started: `test.use({ sandboxOptions: { mode: 'strict' } })` at the top of a file */
  readonly sandboxOptions: SandboxOptions
  /** a sandbox of this worker's own, on a free port, in memory; point your application at its URLs */
  readonly sandbox: Sandbox
}

export type SandboxFixtures = {
  /** signs in on the consent page that `page` shows, chooses, and approves */
  approveAs(page: Page, who: Consenting): Promise<ConsentOutcome>
  /** signs in on the consent page that `page` shows, and refuses */
  refuseAs(page: Page, who: Pick<Consenting, 'username' | 'password'>): Promise<ConsentOutcome>
  /** what goes wrong from now on; the rule ends with the test */
  injectFault(rule: FaultRule): ActiveFault
  /** the sandbox's time jumps by milliseconds; it is put back when the test ends */
  advanceClock(ms: number): Promise<void>
}

/** Playwright's `test` with a sandbox of Octorate's identity service behind it. */
export const test = base.extend<SandboxFixtures, SandboxWorkerFixtures>({
  sandboxOptions: [{}, { option: true, scope: 'worker' }],
  sandbox: [
    async ({ sandboxOptions }, use) => {
      const sandbox = await createSandbox(sandboxOptions)
      await use(sandbox)
      await sandbox.close()
    },
    { scope: 'worker' },
  ],
  approveAs: ({ sandbox }, use) => use((page, who) => actOnConsent(page, { sandbox, who, wish: 'Approve' })),
  refuseAs: ({ sandbox }, use) => use((page, who) => actOnConsent(page, { sandbox, who, wish: 'Refuse' })),
  injectFault: async ({ sandbox }, use) => {
    const added = new Set<number>()
    await use((rule) => {
      const fault = sandbox.control.faults.add(rule)
      added.add(fault.id)
      return fault
    })
    for (const { id } of sandbox.control.faults.list()) if (added.has(id)) sandbox.control.faults.remove(id)
  },
  advanceClock: async ({ sandbox }, use) => {
    let movedBy = 0
    await use(async (ms) => {
      await sandbox.control.clock.advance(ms)
      movedBy += ms
    })
    if (movedBy !== 0) await sandbox.control.clock.advance(-movedBy)
  },
})
