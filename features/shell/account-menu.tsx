'use client'

import { LogOut, MonitorSmartphone } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'use-intl'
import { DropdownMenuItem, DropdownMenuLabel, DropdownMenuSeparator } from '@/components/ui/dropdown-menu'
import { toast } from '@/components/ui/toast-store'
import { UserMenu } from '@/components/user-menu'
import { pages } from '@/contracts/paths'
import { signOut } from '../auth-request'
import { useProblemText } from '../problem-state'
import { problemOf } from '../request'
import type { Person } from './person'

/** The signed-in person: name and role, their sessions, and the way out. */
export function AccountMenu({ person, compact = false }: { person: Person; compact?: boolean | undefined }) {
  const t = useTranslations('shell')
  const textOf = useProblemText()
  const leave = async () => {
    try {
      await signOut()
      // A full load, so that nothing of this person stays in the page's memory.
      window.location.replace(pages.signIn())
    } catch (error) {
      const { what, next } = textOf(problemOf(error))
      toast.error(what, { description: next })
    }
  }
  return (
    <UserMenu name={person.name} detail={t(`roles.${person.role}`)} label={t('user.label', { name: person.name })} compact={compact}>
      <DropdownMenuLabel className="truncate">{person.email}</DropdownMenuLabel>
      <DropdownMenuSeparator />
      <DropdownMenuItem asChild>
        <Link href={pages.sessions()}>
          <MonitorSmartphone aria-hidden />
          {t('user.sessions')}
        </Link>
      </DropdownMenuItem>
      <DropdownMenuItem onSelect={() => void leave()}>
        <LogOut aria-hidden />
        {t('user.signOut')}
      </DropdownMenuItem>
    </UserMenu>
  )
}
