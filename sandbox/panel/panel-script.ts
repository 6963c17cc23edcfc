/** The panel's script, as text: it runs in the browser, so it can use nothing of this program but itself. */
export const panelScript = `(${runPanel.toString()})()\n`

/**
 * Makes the panel live: acts without a page load, parts that follow the sandbox, a clock that ticks. Without it every
 * act is a plain form.
 */
function runPanel(): void {
  const LOOK_EVERY_MS = 1_500
  const notice = document.getElementById('notice')
  let etag = ''
  let clockMoved = { at: Date.now(), shown: shownNow() }

  document.addEventListener('submit', (event) => void submit(event))
  document.addEventListener('click', (event) => void copyCurl(event))
  document.addEventListener('change', (event) => void readFile(event))
  addEventListener('hashchange', openTarget)
  setInterval(() => void look(), LOOK_EVERY_MS)
  setInterval(tick, 250)
  openTarget()

  async function submit(event: SubmitEvent): Promise<void> {
    const form = event.target
    if (!(form instanceof HTMLFormElement) || form.method !== 'post') return
    event.preventDefault()
    const data = new URLSearchParams()
    for (const [name, value] of new FormData(form, event.submitter)) if (typeof value === 'string') data.append(name, value)
    try {
      const answer = await fetch(form.action, { method: 'POST', body: data, headers: { accept: 'application/json' } })
      const { said, problem }: { said?: string; problem?: string } = await answer.json()
      say(said ?? problem ?? `The sandbox answered ${answer.status}.`, problem !== undefined)
      if (problem !== undefined) return
      form.reset()
      await look(true)
    } catch {
      say('The sandbox does not answer. Is it still running?', true)
    }
  }

  /** Fetches the parts again when something has changed, and exchanges those that differ. */
  async function look(force = false): Promise<void> {
    if (document.hidden && !force) return
    const headers: Record<string, string> = { 'x-panel': 'parts', ...(etag && !force && { 'if-none-match': etag }) }
    const answer = await fetch(`/${location.search}`, { headers, cache: 'no-store' }).catch(() => undefined)
    if (!answer?.ok) return
    etag = answer.headers.get('etag') ?? ''
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html')
    for (const part of fresh.querySelectorAll('[data-part]')) exchange(part, force)
    clockMoved = { at: Date.now(), shown: shownNow() }
  }

  /** What a person is typing into, has opened, or stands on with the keyboard stays as it is. */
  function exchange(fresh: Element, force: boolean): void {
    const old = document.getElementById(fresh.id)
    if (!old) return
    const active = document.activeElement instanceof HTMLElement && old.contains(document.activeElement) ? document.activeElement : undefined
    if (active?.matches('input, select, textarea') && !force) return
    for (const details of old.querySelectorAll('details[open]')) fresh.querySelector(`#${CSS.escape(details.id)}`)?.setAttribute('open', '')
    if (old.isEqualNode(fresh)) return
    const anchor = active?.closest('[id]')
    const place = anchor && active ? focusable(anchor).indexOf(active) : -1
    const next = document.importNode(fresh, true)
    keepTyped(old, next)
    old.replaceWith(next)
    if (!active || !anchor) return
    const again = document.getElementById(anchor.id)
    const target = again && (focusable(again)[place] ?? focusable(again).at(-1))
    const fallback = next.querySelector('h2')
    fallback?.setAttribute('tabindex', '-1')
    ;(target ?? fallback)?.focus({ preventScroll: true })
  }

  /** Half-filled fields of other forms outlive the exchange. */
  function keepTyped(old: Element, next: Element): void {
    for (const field of old.querySelectorAll<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>('input[id], textarea[id], select[id]')) {
      if (field instanceof HTMLInputElement && field.type === 'file') continue
      const isTouched = field instanceof HTMLSelectElement ? !field.selectedOptions[0]?.defaultSelected && field.selectedIndex > 0 : field.value !== field.defaultValue
      const twin = isTouched ? next.querySelector<HTMLInputElement>(`#${CSS.escape(field.id)}`) : null
      if (twin) twin.value = field.value
    }
  }

  function focusable(element: Element): HTMLElement[] {
    return [element, ...element.querySelectorAll('a, button, input, select, textarea, summary')].filter((each) => each instanceof HTMLElement)
  }

  async function copyCurl(event: MouseEvent): Promise<void> {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[data-curl]') : null
    if (!link) return
    event.preventDefault()
    try {
      const { curl }: { curl: string } = await (await fetch(link.href)).json()
      await navigator.clipboard.writeText(curl)
      say('Copied: a curl command with this sandbox’s own secrets in clear.')
    } catch {
      location.assign(link.href)
    }
  }

  async function readFile({ target }: Event): Promise<void> {
    if (!(target instanceof HTMLInputElement) || target.type !== 'file') return
    const text = await target.files?.[0]?.text()
    const area = target.form?.querySelector('textarea')
    if (area && text !== undefined) area.value = text
  }

  /** A link to a request opens it. */
  function openTarget(): void {
    document.getElementById(location.hash.slice(1))?.closest('details')?.setAttribute('open', '')
  }

  function shownNow(): number {
    return Number(document.getElementById('now')?.dataset.now)
  }

  function tick(): void {
    const clock = document.getElementById('now')
    if (!clock || clock.dataset.mode === 'frozen') return
    const iso = new Date(clockMoved.shown + Date.now() - clockMoved.at).toISOString()
    clock.textContent = `${iso.slice(0, 10)} ${iso.slice(11, 19)}`
  }

  function say(text: string, isProblem = false): void {
    if (!notice) return
    notice.textContent = text
    notice.classList.toggle('error', isProblem)
  }
}
