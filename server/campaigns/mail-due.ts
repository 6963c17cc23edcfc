import 'server-only'
import { nextReminder } from '@/lib/campaigns/next-reminder'
import type { Transaction } from '../db'
import type { Campaign, Link } from '../generated/prisma/client'
import { endLinks } from '../links/end-links'
import { isLinkOffered } from '../links/is-link-offered'
import { mailLink } from '../links/mail-link'
import type { FreshLink } from '../links/make-links'
import { repeatAddress } from '../links/repeatable-address'
import { claimRecipients } from './claim-recipients'
import { composeFor, organizationName } from './compose'
import { makeRecipientLinks } from './make-recipient-links'
import type { RecipientNow } from './recipients-now'

/** A reminder that cannot help now, or whose mail before is still on its way, is looked at again after this. */
const LATER_MS = 60 * 60_000
/** With less than that left, a link is replaced instead of sent again. */
const LEAST_LEFT_MS = 12 * 60 * 60_000
const SYSTEM = { actor: { kind: 'system' } } as const

type Step =
  | { readonly do: 'mail'; readonly recipient: RecipientNow }
  /** Nothing is sent; `next` is when it is looked at again. */
  | { readonly do: 'wait'; readonly recipient: RecipientNow; readonly next: Date | null }

/**
 * Sends what is due of all campaigns, some recipients at a time: link, mail and the note that it was sent are one transaction,
 * in which the recipients are locked. Whatever dies, each mail is there once or not at all.
 *
 * @returns whether there may be more.
 */
export async function mailDue(tx: Transaction, now: Date): Promise<boolean> {
  const recipients = await claimRecipients(tx, now)
  if (recipients.length === 0) return false
  const helpable = await findHelpable(tx, recipients, now)
  const steps = recipients.map((recipient) => judge(recipient, { now, canHelp: helpable.has(recipient.connectionId) }))
  for (const step of steps) {
    if (step.do === 'wait') await tx.campaignRecipient.update({ where: { id: step.recipient.id }, data: { nextMailAt: step.next } })
  }
  const mailed = steps.flatMap((step) => (step.do === 'mail' ? [step.recipient] : []))
  const campaigns = await tx.campaign.findMany({ where: { id: { in: mailed.map(({ campaignId }) => campaignId) } } })
  for (const campaign of campaigns) {
    await mailThem(tx, { campaign, recipients: mailed.filter(({ campaignId }) => campaignId === campaign.id), now })
  }
  return true
}

/** Whose hotelier can help at this moment. */
async function findHelpable(tx: Transaction, recipients: readonly RecipientNow[], now: Date): Promise<ReadonlySet<string>> {
  const rows = await tx.connection.findMany({
    where: { id: { in: recipients.map(({ connectionId }) => connectionId) } },
    select: {
      id: true, state: true, cause: true, stateSince: true, disconnectedAt: true, accessExpiresAt: true,
      apiClient: { select: { refusedAt: true, foreignRedirectUri: true, deletedAt: true } },
    },
  })
  return new Set(rows.filter((row) => isLinkOffered(row, now)).map(({ id }) => id))
}

/** Those who answered are left in peace: somebody looks at a refusal, and at a wrong property. */
const ANSWERED = ['consented', 'wrong_property', 'refused'] as const

function judge(recipient: RecipientNow, { now, canHelp }: { now: Date; canHelp: boolean }): Step {
  const { state, mails, firstMailAt, mailState, mailedTo, contactEmail, linkId, linkExpiresAt } = recipient
  const wait = (next: Date | null): Step => ({ do: 'wait', recipient, next })
  // Somebody who revokes a recipient's link wants them left alone.
  if (state === 'connected' || state === 'stopped') return wait(null)
  if (!canHelp) return wait(new Date(now.getTime() + LATER_MS))
  // Nobody had an address for as long as the link lived.
  if (mails === 0) return linkId !== null && (linkExpiresAt === null || linkExpiresAt <= now) ? wait(null) : { do: 'mail', recipient }
  const next = firstMailAt && nextReminder(firstMailAt, now)
  if (contactEmail === null || ANSWERED.some((answered) => answered === state)) return wait(next)
  if (state === 'bounced' && mailedTo === contactEmail) return wait(next)
  return mailState === 'queued' ? wait(new Date(now.getTime() + LATER_MS)) : { do: 'mail', recipient }
}

interface Mailing {
  readonly campaign: Campaign
  readonly recipients: readonly RecipientNow[]
  readonly now: Date
}

async function mailThem(tx: Transaction, { campaign, recipients, now }: Mailing): Promise<void> {
  const { organizationId } = campaign
  const organization = await organizationName(tx, organizationId)
  const links = await linksFor(tx, { campaign, recipients, now })
  for (const recipient of recipients) {
    const link = links.get(recipient.id)
    const { contactEmail: to, firstMailAt, mails } = recipient
    // Without an address there is a link for whoever calls; it is mailed as soon as an address is known.
    if (!link || to === null) continue
    const { subject, text } = composeFor(recipient, campaign, { ...link, organization, isReminder: mails > 0 })
    await mailLink(tx, { organizationId, linkId: link.id, to, subject, text, kind: mails > 0 ? 'campaign_reminder' : 'campaign' })
    await tx.campaignRecipient.update({
      where: { id: recipient.id },
      data: { mails: { increment: 1 }, firstMailAt: firstMailAt ?? now, lastMailAt: now, nextMailAt: nextReminder(firstMailAt ?? now, now) },
    })
  }
}

/** The link of each: the same again while it is good, so that every mail in a mailbox leads somewhere; else a new one in its place. */
async function linksFor(tx: Transaction, { campaign, recipients, now }: Mailing): Promise<ReadonlyMap<string, Pick<FreshLink, 'id' | 'url' | 'expiresAt'>>> {
  const { organizationId } = campaign
  const rows = await tx.link.findMany({ where: { id: { in: recipients.flatMap(({ linkId }) => linkId ?? []) } } })
  const same = new Map<string, Pick<FreshLink, 'id' | 'url' | 'expiresAt'>>()
  for (const recipient of recipients) {
    const row = rows.find(({ id }) => id === recipient.linkId)
    const url = row && isGood(row, recipient, now) ? repeatAddress(row) : null
    if (row && url) same.set(recipient.id, { id: row.id, url, expiresAt: row.expiresAt })
  }
  const others = recipients.filter(({ id }) => !same.has(id))
  await endLinks(tx, { organizationId, recipientIds: others.map(({ id }) => id), unopenedOnly: false, ...SYSTEM, now })
  return new Map([...same, ...(await makeRecipientLinks(tx, { campaign, recipients: others, sender: SYSTEM }))])
}

/** Unopened, with time left, and never sent to another address than the contact's of now. */
function isGood({ state, expiresAt, mailId }: Link, { mailedTo, contactEmail }: RecipientNow, now: Date): boolean {
  const isTheirs = mailId === null || mailedTo === contactEmail
  return state === 'created' && isTheirs && expiresAt.getTime() - now.getTime() >= LEAST_LEFT_MS
}
