import type { z } from 'zod'
import type { MachineEndpoint } from '@/contracts/define-machine-endpoint'
import type { MachineCall } from './machine-call'

/** An endpoint with what serves it. Its shapes are the contract's: what `run` gets is checked, what it gives is cut to shape. */
export interface MachineRoute {
  readonly endpoint: MachineEndpoint
  readonly run: (call: MachineCall<unknown, unknown, unknown>) => Promise<unknown>
}

/** Joins an endpoint and its service: the types of both must fit. */
export function machineRoute<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, O extends z.ZodType>(
  endpoint: MachineEndpoint<P, Q, B, O>,
  run: (call: MachineCall<z.output<P>, z.output<Q>, z.output<B>>) => Promise<z.input<O>>,
): MachineRoute {
  return { endpoint, run: run as MachineRoute['run'] }
}
