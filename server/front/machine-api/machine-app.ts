import type { HttpBindings } from '@hono/node-server'
import type { Hono } from 'hono'

/** A Hono app that answers on Node's own request and response. */
export type MachineApp = Hono<{ Bindings: HttpBindings }>
