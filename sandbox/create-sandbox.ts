import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { viewApiClient, type ApiClientView } from './control/api-client-control'
import { createControl, type Control } from './control/control'
import { createControlHandler } from './control/control-handler'
import { viewHotelier, type HotelierView } from './control/hotelier-view'
import { allEndpoints } from './endpoints/all-endpoints'
import { createRoutes } from './http/routes'
import { createHandler } from './http/serve'
import { machineClock, type Clock } from './models/clock'
import { defaultSeed } from './models/default-seed'
import { openWorld } from './models/open-world'
import { parseSeed } from './models/parse-seed'
import type { LegacyKey, Seed } from './models/seed'
import { parseSettings, type SandboxSettings } from './models/settings'
import type { TruthRecord } from './models/truth-event'
import type { TruthFilter } from './models/truth-log'
import { createPanelHandler, isPanelRequest } from './panel/panel-handler'

export type SandboxOptions = {
  /** what "now" is, before the control API shifts or freezes it; the machine's clock unless given */
  readonly clock?: Clock
  /** API clients, hoteliers, networks and lodgings; the built-in ones unless given */
  readonly seed?: Seed
  /** 0, the default, takes any free port */
  readonly port?: number
  /** 127.0.0.1 unless given */
  readonly host?: string
  /** keeps the state in this folder over restarts; in memory unless given */
  readonly dataFolder?: string
  /** short for `settings.mode` */
  readonly mode?: 'lenient' | 'strict'
  readonly settings?: Partial<SandboxSettings>
  /** how many truth records a sandbox in memory keeps */
  readonly truthLogLimit?: number
  /** how many requests the tape keeps */
  readonly tapeLimit?: number
}

/** A running sandbox. URLs have no trailing slash. */
export type Sandbox = {
  readonly url: string
  /** base of the browser's pages; the consent page is `/octobook/identity/oauth.xhtml` below it */
  readonly backOfficeUrl: string
  /** base of the API; calls are `/rest/v1/…` below it */
  readonly apiUrl: string
  readonly controlUrl: string
  readonly apiClients: readonly ApiClientView[]
  readonly hoteliers: readonly HotelierView[]
  readonly legacyKeys: readonly LegacyKey[]
  truthLog(filter?: TruthFilter): TruthRecord[]
  readonly control: Control
  /** ends open connections and waits until everything recorded is on disk; may be called twice */
  close(): Promise<void>
}

const TRUTH_LOG_LIMIT = 100_000
const TAPE_LIMIT = 500
/** Longer than common HTTP clients keep an idle connection, so that they never write into one that is closing. */
const KEEP_ALIVE_MS = 75_000

/**
 * Starts an emulator of Octorate's identity service in this process.
 * @throws TypeError for a seed or switch that cannot be; Error when the port or the data folder is taken.
 */
export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const settings = parseSettings({ ...options.settings, ...(options.mode && { mode: options.mode }) })
  const { world, close } = await openWorld({
    clock: options.clock ?? machineClock,
    seed: parseSeed(options.seed ?? defaultSeed),
    settings,
    truthLogLimit: options.truthLogLimit ?? TRUTH_LOG_LIMIT,
    tapeLimit: options.tapeLimit ?? TAPE_LIMIT,
    ...(options.dataFolder !== undefined && { dataFolder: options.dataFolder }),
  })
  const control = createControl(world, settings, () => url)
  const serveControl = createControlHandler(world, control)
  const servePanel = createPanelHandler(world, control)
  const serveEndpoint = createHandler(world, createRoutes(allEndpoints))
  const listener: RequestListener = (request, response) => {
    const serve = request.url?.startsWith('/control/') ? serveControl : isPanelRequest(request) ? servePanel : serveEndpoint
    serve(request, response).catch((error: unknown) => failed(error, response))
  }
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, listener)
  const url = await listen(server, options).catch(async (error: unknown) => {
    await close()
    throw error
  })
  let closing: Promise<void> | undefined
  return {
    url,
    backOfficeUrl: url,
    apiUrl: `${url}/connect`,
    controlUrl: `${url}/control`,
    get apiClients() {
      return [...world.state.apiClients.values()].map(viewApiClient)
    },
    get hoteliers() {
      return [...world.state.hoteliers.values()].map(viewHotelier)
    },
    get legacyKeys() {
      return [...world.state.legacyKeys.values()].map(({ key, accommodation, clientId }) => ({ key, accommodation, clientId }))
    },
    truthLog: (filter) => world.log.read(filter),
    control,
    close: () => {
      closing ??= closeServer(server).then(close)
      return closing
    },
  }
}

function listen(server: Server, { port = 0, host = '127.0.0.1' }: SandboxOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve(urlOf(server.address(), host))
    })
  })
}

/** Where a program on this machine reaches the server: an address that means "all" is shown as loopback. */
function urlOf(address: AddressInfo | string | null, host: string): string {
  if (typeof address !== 'object' || address === null) throw new TypeError('the server has no port')
  const shown = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
  return `http://${shown.includes(':') ? `[${shown}]` : shown}:${address.port}`
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

/** A client that went away is no failure; anything else is a fault of the sandbox, said in the answer. */
function failed(error: unknown, response: Parameters<RequestListener>[1]): void {
  if (response.destroyed || response.headersSent) {
    response.destroy()
    return
  }
  const message = error instanceof Error ? error.message : 'unknown failure'
  response.writeHead(500, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ message, type: 'InternalServerError', nested: [] }))
}
