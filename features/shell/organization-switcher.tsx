'use client'

import { Building2, Check, ChevronsUpDown } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { DropdownMenu, DropdownMenuContent, DropdownMenuItem, DropdownMenuTrigger } from '@/components/ui/dropdown-menu'
import { toast } from '@/components/ui/toast-store'
import { chooseOrganization } from '@/contracts/organizations'
import { pages } from '@/contracts/paths'
import { useProblemText } from '../problem-state'
import { callEndpoint, problemOf } from '../request'
import type { Person } from './person'

/** The organization that one is in; a menu for who belongs to several. */
export function OrganizationSwitcher({ person }: { person: Person }) {
  const t = useTranslations('shell')
  const textOf = useProblemText()
  const { organizationName, choices } = person
  const name = (
    <>
      <Building2 aria-hidden className="size-4 shrink-0" />
      <span className="sr-only">{t('organization')}: </span>
      <span className="truncate font-medium text-sidebar-foreground" title={organizationName}>
        {organizationName}
      </span>
    </>
  )
  if (choices.length < 2) return <p className="flex min-w-0 items-center gap-2 text-sidebar-muted">{name}</p>
  const choose = async (id: string) => {
    try {
      await callEndpoint(chooseOrganization, { params: { id } })
      // A full load, so that nothing of the other organization stays in the page's memory.
      window.location.assign(pages.overview())
    } catch (error) {
      const { what, next } = textOf(problemOf(error))
      toast.error(what, { description: next })
    }
  }
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <button
          type="button"
          className="-mx-2 flex min-h-9 w-[calc(100%+1rem)] min-w-0 items-center gap-2 rounded-md px-2 text-left text-sidebar-muted hover:bg-sidebar-hover touch:min-h-11"
        >
          {name}
          <ChevronsUpDown aria-hidden className="ml-auto size-4 shrink-0" />
        </button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start">
        {choices.map((choice) => (
          <DropdownMenuItem key={choice.id} disabled={choice.isCurrent} onSelect={() => void choose(choice.id)}>
            <span className="min-w-0 truncate">{choice.name}</span>
            {choice.isCurrent && <Check aria-label={t('current')} className="ml-auto size-4" />}
          </DropdownMenuItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  )
}
