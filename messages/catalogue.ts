import errors from '@/contracts/error-texts.en.json'
import addressLists from './en/address-lists.json'
import adminTokens from './en/admin-tokens.json'
import alerts from './en/alerts.json'
import apiClients from './en/api-clients.json'
import apiConfiguration from './en/api-configuration.json'
import audit from './en/audit.json'
import authorizations from './en/authorizations.json'
import connections from './en/connections.json'
import doctor from './en/doctor.json'
import exchanges from './en/exchanges.json'
import freezes from './en/freezes.json'
import goLive from './en/go-live.json'
import handOuts from './en/hand-outs.json'
import imports from './en/imports.json'
import incidents from './en/incidents.json'
import inventory from './en/inventory.json'
import ipWhitelists from './en/ip-whitelists.json'
import join from './en/join.json'
import keyMigrations from './en/key-migrations.json'
import keyRestrictions from './en/key-restrictions.json'
import letters from './en/letters.json'
import links from './en/links.json'
import machineKeys from './en/machine-keys.json'
import network from './en/network.json'
import organization from './en/organization.json'
import mail from './en/mail.json'
import operations from './en/operations.json'
import overview from './en/overview.json'
import people from './en/people.json'
import problems from './en/problems.json'
import propertyCreations from './en/property-creations.json'
import redirectUris from './en/redirect-uris.json'
import runway from './en/runway.json'
import search from './en/search.json'
import sessions from './en/sessions.json'
import setUp from './en/set-up.json'
import shell from './en/shell.json'
import signIn from './en/sign-in.json'
import topUps from './en/top-ups.json'
import twoFactor from './en/two-factor.json'
import webhooks from './en/webhooks.json'
import xray from './en/xray.json'

/** The one language that is written so far. */
export const LOCALE = 'en'

/** Every text that a person reads, by namespace. Refusals keep theirs beside their codes, in the contracts. */
export const CATALOGUE = {
  addressLists, adminTokens, alerts, apiClients, apiConfiguration, audit, authorizations, connections, doctor, errors,
  exchanges, freezes, goLive, handOuts, imports, incidents, inventory, ipWhitelists, join, keyMigrations, keyRestrictions, letters, links,
  machineKeys, mail, network, operations, organization, overview, people, problems, propertyCreations, redirectUris, runway, search,
  sessions, setUp, shell, signIn, topUps, twoFactor, webhooks, xray,
}
