'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useRef, useState, type KeyboardEvent } from 'react'
import { useTranslations } from 'use-intl'
import { LiveRegion } from '@/components/live-region'
import { SearchInput } from '@/components/search-input'
import { Dialog, DialogBody, DialogContent } from '@/components/ui/dialog'
import { pages } from '@/contracts/paths'
import type { SearchResult } from '@/contracts/search'
import { ConnectionStatusPill } from '../connections/connection-status-pill'
import { LinkStatePill } from '../links/link-state-pill'
import { ProblemAlert } from '../problem-state'
import { searchQueries } from './queries'

export type SearchDialogProps = { open: boolean; onOpenChange: (open: boolean) => void }

/** Finds a connection from every page, by property, id or the hotelier's mail address, and links by their ticket or recipient. */
export function SearchDialog({ open, onOpenChange }: SearchDialogProps) {
  const t = useTranslations('search')
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      {open && (
        <DialogContent title={t('title')} description={t('description')} closeLabel={t('close')}>
          <Content onLeave={() => onOpenChange(false)} />
        </DialogContent>
      )}
    </Dialog>
  )
}

function Content({ onLeave }: { onLeave: () => void }) {
  const t = useTranslations('search')
  const [q, setQ] = useState('')
  const list = useRef<HTMLDivElement>(null)
  const { data, error, isPlaceholderData } = useQuery(searchQueries.results(q))
  const shown = q.length < 2 ? undefined : data
  const walk = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    const links = [...(list.current?.querySelectorAll('a') ?? [])]
    const at = links.findIndex((link) => link === document.activeElement)
    const next = links[event.key === 'ArrowDown' ? at + 1 : at - 1]
    if (!next) return
    event.preventDefault()
    next.focus()
  }
  return (
    <DialogBody>
      <div ref={list} onKeyDown={walk} role="presentation" className="flex min-h-48 flex-col gap-3">
        <SearchInput label={t('label')} value={q} onSearch={(text) => setQ(text.trim().slice(0, 100))} clearLabel={t('clear')} className="sm:max-w-none" />
        {error !== null && <ProblemAlert error={error} />}
        {shown !== undefined && shown.connections.length > 0 && (
          <ul aria-label={t('results')} className="-mx-2 flex flex-col">
            {shown.connections.map((found) => (
              <li key={found.id}>
                <Found found={found} onLeave={onLeave} />
              </li>
            ))}
          </ul>
        )}
        {shown !== undefined && shown.links.length > 0 && (
          <section className="flex flex-col gap-1">
            <h3 className="text-[0.8125rem] font-medium text-muted">{t('links')}</h3>
            <ul aria-label={t('links')} className="-mx-2 flex flex-col">
              {shown.links.map((link) => (
                <li key={link.id}>
                  <FoundLink link={link} onLeave={onLeave} />
                </li>
              ))}
            </ul>
          </section>
        )}
        {shown?.hasMore && (
          <Link href={`${pages.connections()}?${new URLSearchParams({ q }).toString()}`} onClick={onLeave} className="w-fit text-accent-text underline">
            {t('more')}
          </Link>
        )}
        {shown?.connections.length === 0 && shown.links.length === 0 && !isPlaceholderData && <p className="py-6 text-center text-muted">{t('nothing')}</p>}
        <LiveRegion message={shown === undefined || isPlaceholderData ? '' : t('found', { count: shown.connections.length, links: shown.links.length })} />
      </div>
    </DialogBody>
  )
}

function Found({ found: { id, name, upstreamId, status, reason, found }, onLeave }: { found: SearchResult['connections'][number]; onLeave: () => void }) {
  const t = useTranslations('search')
  return (
    <Link href={pages.connection(id)} onClick={onLeave} className="flex items-center justify-between gap-3 rounded-md px-2 py-2 hover:bg-hover focus-visible:bg-hover">
      <span className="flex min-w-0 flex-col">
        <span className="font-medium wrap-anywhere">{name}</span>
        <span className="text-[0.8125rem] wrap-anywhere text-muted">
          {upstreamId}
          {reason !== 'name' && found !== null && ` · ${t(`reasons.${reason}`, { found })}`}
        </span>
      </span>
      <ConnectionStatusPill status={status} cause={null} />
    </Link>
  )
}

function FoundLink({ link: { id, state, property, recipientEmail, ticket }, onLeave }: { link: SearchResult['links'][number]; onLeave: () => void }) {
  const t = useTranslations('search')
  const details = [recipientEmail, ticket === null ? null : t('reasons.ticket', { found: ticket })].filter((part) => part !== null)
  return (
    <Link href={pages.link(id)} onClick={onLeave} className="flex items-center justify-between gap-3 rounded-md px-2 py-2 hover:bg-hover focus-visible:bg-hover">
      <span className="flex min-w-0 flex-col">
        <span className="font-medium wrap-anywhere">{property ?? t('anyProperty')}</span>
        <span className="text-[0.8125rem] wrap-anywhere text-muted">{details.join(' · ')}</span>
      </span>
      <LinkStatePill state={state} />
    </Link>
  )
}
