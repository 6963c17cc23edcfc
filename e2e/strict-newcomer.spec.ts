import { pages } from '@/contracts/paths'
import { startConsole, type TestConsole } from '@/tests/console'
import { CONNECTION_PAGE } from './support/connect'
import { consentAt } from './support/consent'
import { expect, test } from './support/test'

const SECRET = 'sbx_secret_of_the_strict_newcomer'
/** What Octorate registers for every new account. */
const DEFAULT_REDIRECT_URI = 'https://localhost'

let own: TestConsole

/** Its sandbox is as strict as Octorate, so it is shared with no other story. */
test.beforeAll(async () => {
  own = await startConsole()
  await own.sandbox.call('PATCH', 'settings', { mode: 'strict' })
})

test.afterAll(() => own.stop())

test('where Octorate takes no address of this machine, a newcomer reaches the first connected property by the check-list alone', async ({ open }) => {
  const clientId = 'strict-newcomer'
  await own.sandbox.addApiClient({ clientId, clientSecret: SECRET, redirectUris: [DEFAULT_REDIRECT_URI] })
  const { page, context, watch } = await open(own.organization.people.developer, { at: { url: own.url, sandboxOrigin: own.sandbox.origin } })
  watch.allowOrigin(DEFAULT_REDIRECT_URI)
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const list = page.getByRole('list', { name: 'Until it works with real properties' })
  const step = (text: string) => list.getByRole('listitem').filter({ hasText: text })
  const backToList = () => page.getByRole('link', { name: 'Check-list', exact: true }).click()

  await test.step('begins with the mail, and lands on the guide', async () => {
    await page.goto(pages.welcomeMailXray())
    await page.getByLabel('The whole mail').fill(`Client id: ${clientId}\nClient secret: ${SECRET}`)
    await page.getByRole('button', { name: 'Examine' }).click()
    await page.getByRole('button', { name: 'Keep' }).click()
    await expect(page).toHaveURL(/\/go-live$/)
    await page.getByRole('radio', { name: /^No You begin/ }).check()
    await page.getByRole('radio', { name: /Any property of any customer/ }).check()
    await page.getByRole('radio', { name: /^No A token for each/ }).check()
    await page.getByRole('button', { name: 'Take this way' }).click()
    await expect(page.getByRole('button', { name: 'Answer again' })).toBeVisible()
  })

  await test.step('logs in', async () => {
    await step('Logged in at Octorate').getByRole('link').click()
    await page.getByRole('button', { name: 'Log in at Octorate' }).click()
    await expect(page.getByText('In use', { exact: true })).toBeVisible()
    await backToList()
    await expect(step('Logged in at Octorate')).toContainText('Done')
  })

  await test.step('is offered the address that Octorate has, once it was read', async () => {
    await expect(step('The redirect URI in use is live').getByRole('button')).toHaveCount(0)
    await step('The redirect URI in use is live').getByRole('link').click()
    await page.getByRole('button', { name: 'Read at Octorate' }).click()
    await expect(page.getByRole('button', { name: 'Read again' })).toBeVisible()
    await backToList()
    await expect(step('The redirect URI in use is live')).toContainText('Look at this')
    await step('The redirect URI in use is live').getByRole('button', { name: 'Use https://localhost' }).click()
    await expect(step('The redirect URI in use is live')).toContainText('Done')
  })

  const address = await test.step('lets the hotelier consent, whose browser ends on an error page', async () => {
    await step('The first property is connected').getByRole('link').click()
    await page.getByRole('button', { name: 'Continue to the sandbox' }).click()
    const [consent] = await Promise.all([page.waitForEvent('popup'), page.getByRole('link', { name: /Open the consent/ }).click()])
    const end = consent.waitForEvent('requestfailed', (request) => request.url().startsWith(DEFAULT_REDIRECT_URI))
    // The browser that is sent to nowhere never finishes the click.
    await consentAt(consent, { account: /^marco\.bianchi/, choice: /Ca’ del Lume/ }).catch(() => undefined)
    const url = (await end).url()
    await consent.close()
    return url
  })

  await test.step('pastes its address, and the first property is connected', async () => {
    const field = page.getByLabel('Address that the browser ended on')
    await page.evaluate((text) => navigator.clipboard.writeText(text), address)
    await field.press('Control+V')
    await expect(page).toHaveURL(CONNECTION_PAGE)
    await expect(page.getByRole('heading', { level: 1, name: 'Ca’ del Lume' })).toBeVisible()
    await page.goto(pages.apiClients())
    await page.getByRole('link', { name: clientId }).click()
    await backToList()
    await expect(step('The first property is connected')).toContainText('Done')
  })

  await test.step('was told nothing by a lenient sandbox', async () => {
    expect(await own.sandbox.call('GET', 'settings')).toMatchObject({ mode: 'strict' })
    const { redirectUri } = await own.sandbox.call<{ redirectUri: readonly string[] }>('GET', `api-clients/${clientId}/configuration`)
    expect(redirectUri).toEqual([DEFAULT_REDIRECT_URI])
  })
})
