import { startConsole, type TestConsole } from '@/tests/console'
import { ATTEMPT_PAGE, consentAddress, leaveForConsent } from './support/connect'
import { expectProblem } from './support/problems'
import { expect, test } from './support/test'

let own: TestConsole

/** Its clock is moved, so this sandbox is shared with no other story. */
test.beforeAll(async () => {
  own = await startConsole()
})

test.afterAll(() => own.stop())

test('a code that comes back after its minute is refused with the way to a new one, because Octorate forgets it', async ({ open }) => {
  const { people, apiClient } = own.organization
  const { page } = await open(people.owner, { at: { url: own.url, sandboxOrigin: own.sandbox.origin } })
  await leaveForConsent(page, apiClient)
  const address = await consentAddress(page, own.sandbox)
  await own.sandbox.call('POST', 'clock/advance', { ms: 61_000 })
  await page.goto(address)
  await expect(page).toHaveURL(ATTEMPT_PAGE)
  await expectProblem(page, 'code_refused')
  await page.getByRole('link', { name: 'Try again' }).click()
  await expect(page.getByRole('button', { name: 'Continue to the sandbox' })).toBeEnabled()
})
