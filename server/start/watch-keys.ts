import type { LiveKeys } from '../crypto/live-keys'
import { parseKeys } from '../crypto/parse-keys'
import { log } from '../log'
import type { Runtime } from '../runtime'
import { checkKeys } from './check-keys'
import type { KeySource } from './key-source'

/**
 * Looks at the source of the keys again and again, and takes new ones once the database agrees: every key that it needs
 * is there, and the one that seals is remembered. Keys that it does not agree to change nothing, and are logged.
 */
export function watchKeys(source: KeySource, keys: LiveKeys, pool: Runtime['pool']): { stop(): void } {
  const { everyMs } = source
  if (everyMs === null) return { stop: () => undefined }
  let [seen, isBusy] = ['', false]
  const look = async () => {
    const text = await source.read()
    if (text === seen) return
    const fresh = parseKeys(text)
    await checkKeys(pool, fresh)
    if (fresh.sealingKeyId !== keys.sealingKeyId) log().info({ keyId: fresh.sealingKeyId }, 'another key seals from now on')
    keys.replace(fresh)
    seen = text
  }
  let complained = ''
  const timer = setInterval(() => {
    if (isBusy) return
    isBusy = true
    look()
      .then(() => (complained = ''))
      .catch((err: unknown) => {
        const message = err instanceof Error ? err.message : 'unknown'
        if (message !== complained) log().error({ reason: message }, 'the keys were looked at again and are not taken')
        complained = message
      })
      .finally(() => (isBusy = false))
  }, everyMs)
  timer.unref()
  return { stop: () => clearInterval(timer) }
}
