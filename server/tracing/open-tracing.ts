import 'server-only'
import { AsyncLocalStorage } from 'node:async_hooks'
import { randomUUID } from 'node:crypto'
import type { Context } from '@opentelemetry/api'
import type { Env } from '../env'
import { withinTime } from '../within-time'
import type { OpenSpan, SpanOptions, Tracing } from './tracing'

/** Nobody waits for an export; it holds what it sends in memory, so it is not tried for long. */
const EXPORT_WITHIN_MS = 5_000
const STOP_WITHIN_MS = 2_000

/**
 * Traces to the OpenTelemetry collector that the environment names; null without one, and then none of its packages is
 * loaded. Nothing is made global: Next would write spans of its own into a global provider, whole addresses among them.
 *
 * @throws Error with a sentence, when the packages were left out at the installation
 */
export async function openTracing(env: Pick<Env, 'OTEL_EXPORTER_OTLP_ENDPOINT'>): Promise<Tracing | null> {
  const endpoint = env.OTEL_EXPORTER_OTLP_ENDPOINT
  if (!endpoint) return null
  const { api, sdk, otlp, resources } = await load()
  const exporter = new otlp.OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces`, timeoutMillis: EXPORT_WITHIN_MS })
  const provider = new sdk.BasicTracerProvider({
    resource: resources.resourceFromAttributes({ 'service.name': 'keyrack', 'service.instance.id': randomUUID() }),
    spanProcessors: [new sdk.BatchSpanProcessor(exporter)],
  })
  const tracer = provider.getTracer('keyrack')
  const open = new AsyncLocalStorage<Context>()
  const kinds = { server: api.SpanKind.SERVER, client: api.SpanKind.CLIENT, internal: api.SpanKind.INTERNAL }
  const flagsOf = (isSampled: boolean) => (isSampled ? api.TraceFlags.SAMPLED : api.TraceFlags.NONE)

  const contextOf = ({ parent }: SpanOptions): Context => {
    if (!parent) return open.getStore() ?? api.ROOT_CONTEXT
    const { isSampled, ...ids } = parent
    return api.trace.setSpanContext(api.ROOT_CONTEXT, { ...ids, traceFlags: flagsOf(isSampled), isRemote: true })
  }
  return {
    async run(options, work) {
      const { name, kind = 'internal', link } = options
      const above = contextOf(options)
      const links = link ? [{ context: { ...link, traceFlags: api.TraceFlags.SAMPLED } }] : []
      const span = tracer.startSpan(name, { kind: kinds[kind], links }, above)
      const { traceId, spanId } = span.spanContext()
      const own: OpenSpan = { set: (attribute, value) => void span.setAttribute(attribute, value), mark: { traceId, spanId } }
      try {
        return await open.run(api.trace.setSpan(above, span), () => work(own))
      } catch (error) {
        // Its message may quote somebody.
        span.setAttribute('error.type', kindOf(error))
        span.setStatus({ code: api.SpanStatusCode.ERROR })
        throw error
      } finally {
        span.end()
      }
    },
    async stop() {
      await withinTime(provider.shutdown().catch(() => undefined), STOP_WITHIN_MS)
    },
  }
}

/** Here and nowhere else, and only when somebody wants traces: a test holds that no program loads them by itself. */
async function load() {
  try {
    const [api, sdk, otlp, resources] = await Promise.all([
      import('@opentelemetry/api'),
      import('@opentelemetry/sdk-trace-base'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/resources'),
    ])
    return { api, sdk, otlp, resources }
  } catch (cause) {
    throw new Error('OTEL_EXPORTER_OTLP_ENDPOINT needs the packages of OpenTelemetry: install without --omit=optional.', { cause })
  }
}

function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  // Pages have a class of their own by this name.
  return error.name === 'AppError' && 'code' in error ? String(error.code) : error.name
}
