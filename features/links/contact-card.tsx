'use client'

import { useId, useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { KeyValueList } from '@/components/key-value-list'
import { Button } from '@/components/ui/button'
import { Card, CardAction, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter, DialogTrigger } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { toast } from '@/components/ui/toast-store'
import type { Contact } from '@/contracts/contacts'
import type { ConnectionDetail } from '@/contracts/connections'
import { roleMay, type Role } from '@/contracts/permissions'
import { HOTELIER_LANGUAGES, parseLanguage } from '@/lib/links/languages'
import { ProblemAlert } from '../problem-state'
import { useChangeContact } from './mutations'
import { isRecipientSound } from './recipient-fields'

/** Whom to reach at the property. */
export function ContactCard({ connection, role }: { connection: Pick<ConnectionDetail, 'id' | 'contact'>; role: Role }) {
  const t = useTranslations('links')
  const { contact } = connection
  const { name, email, language, phone } = contact
  const known = [
    ...(name === null ? [] : [{ term: t('contact.name'), value: name }]),
    ...(email === null ? [] : [{ term: t('contact.email'), value: email }]),
    ...(phone === null ? [] : [{ term: t('contact.phone'), value: phone }]),
    ...(language === null ? [] : [{ term: t('contact.language'), value: t(`language.${language}`) }]),
  ]
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('contact.title')}</CardTitle>
        <CardDescription>{t('contact.text')}</CardDescription>
        {roleMay(role, 'contacts:write') && (
          <CardAction>
            <ContactDialog connectionId={connection.id} contact={contact} />
          </CardAction>
        )}
      </CardHeader>
      <CardContent>{known.length === 0 ? <p className="text-muted">{t('contact.none')}</p> : <KeyValueList items={known} />}</CardContent>
    </Card>
  )
}

type ContactDialogProps = { connectionId: string; contact: Contact }

function ContactDialog(props: ContactDialogProps) {
  const t = useTranslations('links')
  const [open, setOpen] = useState(false)
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button size="sm">{t('contact.edit')}</Button>
      </DialogTrigger>
      <DialogContent title={t('contact.title')} description={t('contact.text')} closeLabel={t('close')}>
        <ContactForm {...props} onSaved={() => setOpen(false)} />
      </DialogContent>
    </Dialog>
  )
}

const PHONE = /^\+?[0-9 ()/.-]{4,40}$/

function ContactForm({ connectionId, contact, onSaved }: ContactDialogProps & { onSaved: () => void }) {
  const t = useTranslations('links')
  const formId = useId()
  const [values, setValues] = useState({ name: contact.name ?? '', email: contact.email ?? '', phone: contact.phone ?? '', language: contact.language ?? '' })
  const [isTried, setTried] = useState(false)
  const save = useChangeContact(connectionId)
  const isEmailWrong = !isRecipientSound({ recipientEmail: values.email, byMail: false })
  const isPhoneWrong = values.phone.trim() !== '' && !PHONE.test(values.phone.trim())
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (save.isPending || isEmailWrong || isPhoneWrong) return
    const orNull = (text: string) => (text.trim() === '' ? null : text.trim())
    const { name, email, phone, language } = values
    save.mutate({ name: orNull(name), email: orNull(email), phone: orNull(phone), language: parseLanguage(language) }, {
      onSuccess: () => {
        toast.success(t('contact.saved'))
        onSaved()
      },
    })
  }
  const text = (field: 'name' | 'email' | 'phone', most: number) => ({
    name: field,
    value: values[field],
    maxLength: most,
    autoComplete: 'off',
    onChange: (event: { target: { value: string } }) => setValues({ ...values, [field]: event.target.value }),
  })
  return (
    <>
      <DialogBody>
        <form id={formId} method="post" noValidate onSubmit={submit} className="flex flex-col gap-5">
          <Field label={t('contact.name')}>
            <Input {...text('name', 120)} />
          </Field>
          <Field label={t('contact.email')} error={isTried && isEmailWrong ? t('contact.mistakes.email') : undefined}>
            <Input type="email" {...text('email', 254)} />
          </Field>
          <Field label={t('contact.phone')} error={isTried && isPhoneWrong ? t('contact.mistakes.phone') : undefined}>
            <Input type="tel" {...text('phone', 40)} />
          </Field>
          <Field label={t('contact.language')}>
            <Select value={values.language} onChange={(event) => setValues({ ...values, language: event.target.value })}>
              <option value="">{t('contact.unknown')}</option>
              {HOTELIER_LANGUAGES.map((language) => (
                <option key={language} value={language}>
                  {t(`language.${language}`)}
                </option>
              ))}
            </Select>
          </Field>
          {save.isError && <ProblemAlert error={save.error} />}
        </form>
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>{t('cancel')}</Button>
        </DialogClose>
        <Button type="submit" form={formId} variant="primary" loading={save.isPending}>
          {t('contact.save')}
        </Button>
      </DialogFooter>
    </>
  )
}
