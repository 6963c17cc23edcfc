'use client'

import Link from 'next/link'
import { useTranslations } from 'use-intl'
import { CodeBlock } from '@/components/code-block'
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs'
import type { ConnectionDetail } from '@/contracts/connections'
import { machineReferencePath, pages } from '@/contracts/paths'
import { roleMay, type Role } from '@/contracts/permissions'
import { backEndSnippets, SNIPPET_LANGUAGES } from './back-end-snippets'

/** How a back end gets this connection's access token, in the languages that most are written in. */
export function BackEndUse({ connection, consoleUrl, role }: { connection: ConnectionDetail; consoleUrl: string; role: Role }) {
  const t = useTranslations('connections.detail.backEnd')
  const code = backEndSnippets({ url: consoleUrl, connection })
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <Tabs defaultValue={SNIPPET_LANGUAGES[0]}>
        <TabsList aria-label={t('languages')}>
          {SNIPPET_LANGUAGES.map((language) => (
            <TabsTrigger key={language} value={language}>
              {t(`language.${language}`)}
            </TabsTrigger>
          ))}
        </TabsList>
        {SNIPPET_LANGUAGES.map((language) => (
          <TabsContent key={language} value={language}>
            <CodeBlock code={code[language]} label={t('program', { language: t(`language.${language}`) })} />
          </TabsContent>
        ))}
      </Tabs>
      <p className="text-sm text-muted">{t('key')}</p>
      <p className="flex flex-wrap gap-x-5 gap-y-2 text-sm">
        <a href={machineReferencePath} className={LINK}>
          {t('reference')}
        </a>
        {roleMay(role, 'machine-keys:manage') && (
          <Link href={pages.machineKeys()} className={LINK}>
            {t('machineKeys')}
          </Link>
        )}
      </p>
    </div>
  )
}

const LINK = 'text-accent-text underline decoration-accent-line underline-offset-4'
