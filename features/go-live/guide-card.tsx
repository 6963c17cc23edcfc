'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Card, CardAction, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'
import { RadioGroup } from '@/components/ui/radio-group'
import { toast } from '@/components/ui/toast-store'
import type { Strategy } from '@/contracts/api-clients'
import { useChangeApiClient } from '../api-clients/mutations'
import { ProblemAlert } from '../problem-state'
import { chooseStrategy, type Answers } from './choose-strategy'

const UNANSWERED: Answers = { oldKeys: null, whose: null, fixedAddresses: null }

/** Three questions and their answer; what was chosen stays in sight and can be chosen again. Mounted anew for each choice. */
export function GuideCard({ apiClientId, strategy, mayWrite }: { apiClientId: string; strategy: Strategy | null; mayWrite: boolean }) {
  const t = useTranslations('goLive')
  const [isAsking, setAsking] = useState(strategy === null)
  const [answers, setAnswers] = useState(UNANSWERED)
  const save = useChangeApiClient(apiClientId)
  const answer = chooseStrategy(answers)
  const yesNo = (question: 'oldKeys' | 'fixedAddresses') => ({
    legend: t(`questions.${question}.legend`),
    name: question,
    value: answers[question] ?? '',
    onValueChange: (value: string) => setAnswers({ ...answers, [question]: value === 'yes' ? 'yes' : 'no' }),
    options: [
      { value: 'yes', label: t('yes'), hint: t(`questions.${question}.yes`) },
      { value: 'no', label: t('no'), hint: t(`questions.${question}.no`) },
    ],
  })
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('guide')}</CardTitle>
        <CardDescription>{t('guideText')}</CardDescription>
        {mayWrite && !isAsking && (
          <CardAction>
            <Button size="sm" onClick={() => setAsking(true)}>
              {t('askAgain')}
            </Button>
          </CardAction>
        )}
      </CardHeader>
      <CardContent className="flex flex-col gap-5">
        {strategy !== null && <StrategyText strategy={strategy} />}
        {mayWrite && isAsking && (
          <>
            <RadioGroup {...yesNo('oldKeys')} />
            {answers.oldKeys === 'no' && (
              <RadioGroup
                legend={t('questions.whose.legend')}
                name="whose"
                value={answers.whose ?? ''}
                onValueChange={(value) => setAnswers({ ...answers, whose: WHOSE.find((each) => each === value) ?? null })}
                options={WHOSE.map((value) => ({ value, label: t(`questions.whose.${value}`), hint: t(`questions.whose.${value}Hint`) }))}
              />
            )}
            {answers.oldKeys === 'no' && answers.whose !== null && answers.whose !== 'new' && <RadioGroup {...yesNo('fixedAddresses')} />}
            <div aria-live="polite" className="flex flex-col gap-3 empty:hidden">
              {answer !== null && <StrategyText strategy={answer} />}
            </div>
            {save.isError && <ProblemAlert error={save.error} />}
            <Button
              variant="primary"
              className="w-fit"
              disabled={answer === null}
              loading={save.isPending}
              onClick={() => answer !== null && save.mutate({ strategy: answer }, { onSuccess: () => toast.success(t('chosen')) })}
            >
              {t('choose')}
            </Button>
          </>
        )}
        {strategy === null && !mayWrite && <p className="text-muted">{t('none')}</p>}
      </CardContent>
    </Card>
  )
}

const WHOSE = ['any', 'one', 'new'] as const

function StrategyText({ strategy }: { strategy: Strategy }) {
  const t = useTranslations('goLive.strategy')
  return (
    <Alert tone="accent" title={t(`${strategy}.title`)}>
      {t(`${strategy}.text`)}
    </Alert>
  )
}
