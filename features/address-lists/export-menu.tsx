'use client'

import { Download } from 'lucide-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { saveFile } from '@/components/save-file'
import { Button } from '@/components/ui/button'
import { DropdownMenu, DropdownMenuContent, DropdownMenuItem, DropdownMenuTrigger } from '@/components/ui/dropdown-menu'
import { toast } from '@/components/ui/toast-store'
import type { ListCalls } from './list-calls'

const FORMATS = ['text', 'csv', 'json'] as const

/** Hands the list out as a file, in the format that is chosen. */
export function ExportMenu({ calls }: { calls: ListCalls }) {
  const t = useTranslations('addressLists.export')
  const takeOut = useMutation({
    mutationFn: calls.takeOut,
    onSuccess: ({ fileName, type, text }) => saveFile({ name: fileName, type, text }),
    onError: () => toast.error(t('failed')),
  })
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button size="sm" loading={takeOut.isPending}>
          <Download aria-hidden />
          {t('open')}
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        {FORMATS.map((format) => (
          <DropdownMenuItem key={format} onSelect={() => takeOut.mutate(format)}>
            {t(format)}
          </DropdownMenuItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  )
}
