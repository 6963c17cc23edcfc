import { randomUUID } from 'node:crypto'
import { AccessToken } from './access-token'
import type { Clock } from './clock'
import { KeyrackError, KeyrackRefusedError, ReconnectRequiredError, TemporarilyUnavailableError } from './errors'
import { fetchWithToken, type FetchInput, type Refusal } from './fetch-with-token'
import { MachineApi } from './machine-api'
import type { Migration, MigrationCheck, MigrationLine, MigrationLineState, OldKeyLine, OldKeys, StartMigration } from './migration-wire'
import { Migrations } from './migrations'
import { readOptions, toMinTtlMs, type KeyrackClientOptions } from './options'
import { Records, type CompleteAuthorization, type ConnectionFilter, type ImportMany, type ImportOne } from './records'
import { Reports } from './reports'
import type { Target } from './target'
import type { TokenCache } from './token-cache'
import { TokenKeeper, type TokenOutcome } from './token-keeper'
import { tokenSource } from './token-source'
import { Whitelists } from './whitelists'
import type {
  AddressCheck, AdminToken, CallerAddress, IpWhitelist, IpWhitelistImport, IpWhitelistImported, NewIpWhitelistEntry, VerificationReport,
} from './whitelist-wire'
import { verifyWebhook, WebhookRefusedError } from './verify-webhook'
import type { Connection, ImportLine, ImportProgress, ImportReport, RejectionOutcome } from './wire'

export interface TokenWish {
  /** Seconds of life that the token has at least, when it can be had; the client's own unless given. */
  readonly minTtlSeconds?: number
}

/** Everything rejects with a KeyrackError when Keyrack says no or nothing, and with a TypeError for a wrong argument. */
export interface KeyrackClient {
  /**
   * A valid access token, from memory when there is one. While neither Keyrack nor Octorate gives a new one, the kept
   * one is used to its end, also when less than `minTtlSeconds` are left.
   */
  getAccessToken(target: Target, wish?: TokenWish): Promise<AccessToken>
  /** Many at once, each with its own outcome, in the order of the targets. */
  getAccessTokens(targets: readonly Target[], wish?: TokenWish): Promise<readonly TokenOutcome[]>
  /**
   * Tells Keyrack that Octorate refused a token. One refresh follows when it was the current one and was refused as
   * such; then, and when there is a newer one, the next `getAccessToken` brings another.
   */
  reportRejected(token: AccessToken, refusal: Refusal): Promise<RejectionOutcome>
  /** `fetch` with the target's access token; a token that Octorate no longer takes is replaced and the call made once more. */
  fetchWithToken(target: Target, input: FetchInput, init?: RequestInit): Promise<Response>
  /** All that the key may see, page after page as they are read. */
  listConnections(filter?: ConnectionFilter): AsyncIterable<Connection>
  getConnection(connectionId: string): Promise<Connection>
  /** Asks Octorate for a new access token now; the next `getAccessToken` brings it. */
  refresh(connectionId: string): Promise<{ connectionId: string; accessExpiresAt: string }>
  /** Brings one refresh token from another system. Sent again by itself when an answer is lost; stored once. */
  importConnection(wanted: ImportOne): Promise<{ outcome: 'stored' | 'duplicate'; connection: Connection }>
  /** Brings many; they are worked off in the background (`getImport`). The same lines again are the same import. */
  importConnections(lines: Iterable<ImportLine>, wanted: ImportMany): Promise<ImportProgress>
  getImport(importId: string): Promise<ImportReport>
  /** Dry run of a migration: what would become of each line. No key is kept, and none is sent to Octorate. */
  checkMigration(keys: OldKeys, wanted: Pick<StartMigration, 'apiClientId'>): Promise<MigrationCheck>
  /** Turns keys of the deprecated API into connections, each once, in the background. The same lines again are the same migration. */
  startMigration(keys: OldKeys, wanted: StartMigration): Promise<Migration>
  getMigration(migrationId: string): Promise<Migration>
  /** Its lines, page after page as they are read: all, or those of one state. */
  listMigrationLines(migrationId: string, filter?: { readonly state?: MigrationLineState }): AsyncIterable<MigrationLine>
  /** All lines as CSV, without a secret. */
  reportMigration(migrationId: string): Promise<string>
  /** Begins no further line; lines in hand end as they end. */
  pauseMigration(migrationId: string): Promise<Migration>
  /** Goes on with one that is paused, or that stopped by itself. */
  resumeMigration(migrationId: string): Promise<Migration>
  /** Tries the failed lines again, and no others. */
  retryMigration(migrationId: string): Promise<Migration>
  /** Skips the lines that wait. */
  cancelMigration(migrationId: string): Promise<Migration>
  /** Hands over a code that your own callback received. Sent once: a code works once. */
  completeAuthorization(wanted: CompleteAuthorization): Promise<Connection>
  /** The addresses that Octorate should let in for an API client. */
  getIpWhitelist(apiClientId: string): Promise<IpWhitelist>
  addIpWhitelistEntry(apiClientId: string, entry: NewIpWhitelistEntry): Promise<IpWhitelist>
  removeIpWhitelistEntry(apiClientId: string, entryId: string, wish?: { readonly empty?: boolean }): Promise<IpWhitelist>
  checkIpWhitelist(apiClientId: string, address: string): Promise<AddressCheck>
  /** All or nothing; with `dryRun` it only tells what would happen. */
  importIpWhitelist(apiClientId: string, wanted: IpWhitelistImport): Promise<IpWhitelistImported>
  /** Tells Keyrack what Octorate answered to the admin token here. */
  reportVerification(apiClientId: string, seen: VerificationReport): Promise<IpWhitelist>
  /** The admin token of an API client, only while the key's own restriction is enforced. Not kept in memory. */
  getAdminToken(apiClientId: string): Promise<AdminToken>
  /** The address that Keyrack sees of this machine. */
  getCallerAddress(): Promise<CallerAddress>
  /** Wipes the tokens of a connection, at Keyrack and here. */
  disconnect(connectionId: string): Promise<Connection>
  /** Forgets every token in memory and asks for none ahead any more. Not needed to let the process end. */
  close(): void
}

/**
 * A client for one console and one machine key. Make one and share it: it keeps tokens in memory, asks for each only
 * once at a time, and asks for new ones ahead.
 *
 * @throws TypeError or RangeError when an option is wrong
 */
export function createKeyrackClient(options: KeyrackClientOptions): KeyrackClient {
  const settings = readOptions(options)
  const api = new MachineApi(settings)
  const keeper = new TokenKeeper({ ...settings, source: tokenSource(api) })
  const reports = new Reports({ api, keeper, clock: settings.clock })
  const records = new Records(api, randomUUID)
  const migrations = new Migrations(api)
  const whitelists = new Whitelists(api, randomUUID)
  const minTtlOf = ({ minTtlSeconds }: TokenWish) => (minTtlSeconds === undefined ? settings.minTtlMs : toMinTtlMs(minTtlSeconds))
  const forgetConnection = (id: string) => keeper.forget(({ connectionId }) => connectionId === id)

  const client: KeyrackClient = {
    getAccessToken: async (target, wish = {}) => keeper.get(target, minTtlOf(wish)),
    getAccessTokens: async (targets, wish = {}) => keeper.getMany(targets, minTtlOf(wish)),
    reportRejected: (token, refusal) => reports.send(token, refusal),
    fetchWithToken: (target, input, init = {}) =>
      fetchWithToken(
        {
          fetch: settings.fetch,
          getAccessToken: (whose) => keeper.get(whose, settings.minTtlMs),
          peek: (whose) => keeper.peek(whose),
          report: (token, refusal) => reports.send(token, refusal),
        },
        target,
        { input, init },
      ),
    listConnections: (filter = {}) => records.list(filter),
    getConnection: (connectionId) => records.get(connectionId),
    async refresh(connectionId) {
      const refreshed = await records.refresh(connectionId)
      forgetConnection(connectionId)
      return refreshed
    },
    importConnection: (wanted) => records.importOne(wanted),
    importConnections: (lines, wanted) => records.importMany(lines, wanted),
    getImport: (importId) => records.getImport(importId),
    checkMigration: (keys, { apiClientId }) => migrations.check(keys, apiClientId),
    startMigration: (keys, wanted) => migrations.start(keys, wanted),
    getMigration: (id) => migrations.get(id),
    listMigrationLines: (id, { state } = {}) => migrations.lines(id, state),
    reportMigration: (id) => migrations.report(id),
    pauseMigration: (id) => migrations.act(id, 'pause'),
    resumeMigration: (id) => migrations.act(id, 'resume'),
    retryMigration: (id) => migrations.act(id, 'retry'),
    cancelMigration: (id) => migrations.act(id, 'cancel'),
    completeAuthorization: (wanted) => records.completeAuthorization(wanted),
    getIpWhitelist: (apiClientId) => whitelists.get(apiClientId),
    addIpWhitelistEntry: (apiClientId, entry) => whitelists.add(apiClientId, entry),
    removeIpWhitelistEntry: (apiClientId, entryId, { empty = false } = {}) => whitelists.remove(apiClientId, entryId, empty),
    checkIpWhitelist: (apiClientId, address) => whitelists.check(apiClientId, address),
    importIpWhitelist: (apiClientId, wanted) => whitelists.import(apiClientId, wanted),
    reportVerification: (apiClientId, seen) => whitelists.report(apiClientId, seen),
    getAdminToken: (apiClientId) => whitelists.getAdminToken(apiClientId),
    getCallerAddress: () => whitelists.getCallerAddress(),
    async disconnect(connectionId) {
      const disconnected = await records.disconnect(connectionId)
      forgetConnection(connectionId)
      // Another process may have put it into a shared cache.
      keeper.forgetTargets([{ connectionId }, ...disconnected.properties.map(({ propertyId }) => ({ propertyId }))])
      return disconnected
    },
    close: () => keeper.close(),
  }
  return Object.freeze(client)
}

export { AccessToken, KeyrackError, KeyrackRefusedError, ReconnectRequiredError, TemporarilyUnavailableError, verifyWebhook, WebhookRefusedError }
export type { SignedMessage, WebhookEvent } from './verify-webhook'
export type {
  AddressCheck, AdminToken, CallerAddress, IpWhitelist, IpWhitelistImport, IpWhitelistImported, NewIpWhitelistEntry, VerificationReport,
}
export type {
  Clock, CompleteAuthorization, Connection, ConnectionFilter, FetchInput, ImportLine, ImportMany, ImportOne, ImportProgress, ImportReport,
  KeyrackClientOptions, Migration, MigrationCheck, MigrationLine, MigrationLineState, OldKeyLine, OldKeys, Refusal, RejectionOutcome, StartMigration, Target, TokenCache,
  TokenOutcome,
}
