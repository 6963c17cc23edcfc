import { expect, type Page } from '@playwright/test'
import { pages } from '@/contracts/paths'
import type { SandboxControl } from '@/tests/console-sandbox'
import type { TestApiClient } from '@/tests/make-organization'
import { consentAt, type Wish } from './consent'

export const CONNECTION_PAGE = /\/connections\/[0-9a-f-]{36}$/
export const ATTEMPT_PAGE = /\/connections\/attempts\/[0-9a-f-]{36}$/
export const PROBLEM_PAGE = /\/connect-problem\?code=\w+&request=[0-9a-f-]{36}$/

/** Through the checks to the consent page, where the hotelier takes over. */
export async function leaveForConsent(page: Page, apiClient: Pick<TestApiClient, 'id'>): Promise<void> {
  await page.goto(pages.newConnection(apiClient.id))
  await page.getByRole('button', { name: 'Continue to the sandbox' }).click()
  await expect(page.getByRole('heading', { name: /^(Sign in as a hotelier|Allow .* to act for your property\?)$/ })).toBeVisible()
}

/** The whole flow by hand. @returns the connection's id */
export async function connect(page: Page, apiClient: Pick<TestApiClient, 'id'>, wish: Wish): Promise<string> {
  await leaveForConsent(page, apiClient)
  await consentAt(page, wish)
  await expect(page).toHaveURL(CONNECTION_PAGE)
  return page.url().slice(-36)
}

/**
 * The consent for the flow that `page` stands at, without a click: the address that the hotelier's browser would be
 * sent to, for stories about where and when it is opened.
 */
export async function consentAddress(page: Page, sandbox: SandboxControl, property = MARCO): Promise<string> {
  const { searchParams } = new URL(page.url())
  const { location } = await sandbox.consent({
    clientId: searchParams.get('client_id') ?? '',
    redirectUri: searchParams.get('redirect_uri') ?? '',
    state: searchParams.get('state') ?? '',
    ...property,
  })
  return location
}

const MARCO = { username: 'marco.bianchi', properties: ['324410'] }
