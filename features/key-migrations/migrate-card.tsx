import { useTranslations } from 'use-intl'
import { ButtonLink } from '@/components/ui/button-link'
import { Card, CardAction, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'
import { pages } from '@/contracts/paths'

/** The way to migrations, for who looks for it at the API client. */
export function MigrateCard() {
  const t = useTranslations('keyMigrations')
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('card.title')}</CardTitle>
        <CardDescription className="max-w-prose text-pretty">{t('card.text')}</CardDescription>
        <CardAction>
          <ButtonLink href={pages.newKeyMigration()}>{t('action')}</ButtonLink>
        </CardAction>
      </CardHeader>
    </Card>
  )
}
