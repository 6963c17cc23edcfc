'use client'

import { KeyValueList } from '@/components/key-value-list'
import { factName } from './action-name'
import { shownFact } from './shown-fact'

/** The plain facts that an act noted; nothing when there are none. */
export function FactList({ title, facts }: { title: string; facts: Readonly<Record<string, unknown>> }) {
  const items = Object.entries(facts).map(([name, value]) => ({ term: factName(name), value: shownFact(value) }))
  if (items.length === 0) return null
  return (
    <section>
      <h3 className="text-sm font-medium">{title}</h3>
      <KeyValueList items={items} />
    </section>
  )
}
