'use client'

import { ChevronDown, ChevronUp, GripVertical } from 'lucide-react'
import { useState, type KeyboardEvent, type ReactNode } from 'react'
import { LiveRegion } from './live-region'
import { Button } from './ui/button'
import { cn } from './ui/cn'
import { useDragOrder } from './use-drag-order'

export type SortableListLabels = {
  drag: (name: string) => string
  up: (name: string) => string
  down: (name: string) => string
  /** Said after a move; places count from one. */
  moved: (name: string, place: number) => string
}

export type SortableListProps<TItem> = {
  /** Accessible name of the list. */
  label: string
  items: readonly TItem[]
  itemId: (item: TItem) => string
  nameOf: (item: TItem) => string
  /** Items on the pages before this one. */
  offset?: number | undefined
  /** Items on all pages. */
  total: number
  /** Puts an item at a place of the whole list, counted from zero; absent for who may not. */
  onMove?: ((item: TItem, to: number) => void) | undefined
  labels: SortableListLabels
  children: (item: TItem, place: number) => ReactNode
}

const KEYS: Readonly<Record<string, (place: number, total: number) => number>> = {
  ArrowUp: (place) => place - 1,
  ArrowDown: (place) => place + 1,
  Home: () => 0,
  End: (_place, total) => total - 1,
}

/** A list whose order a person sets: by dragging, by two buttons, or by the arrow keys, Home and End on the handle. */
export function SortableList<TItem>(props: SortableListProps<TItem>) {
  const { label, items, itemId, nameOf, offset = 0, total, onMove, labels, children } = props
  const [said, setSaid] = useState('')
  const move = (item: TItem | undefined, to: number) => {
    if (item === undefined || to < 0 || to >= total) return
    onMove?.(item, to)
    setSaid(labels.moved(nameOf(item), to + 1))
  }
  const { list, drag, handle } = useDragOrder((from, to) => move(items[from], offset + to))
  const press = (event: KeyboardEvent, item: TItem, place: number) => {
    const to = KEYS[event.key]?.(place, total)
    if (to === undefined || to === place) return
    event.preventDefault()
    move(item, to)
  }
  return (
    <>
      <ul ref={list} aria-label={label} className={cn('divide-y border-t', drag !== null && 'select-none')}>
        {items.map((item, index) => {
          const [name, place] = [nameOf(item), offset + index]
          return (
            <li
              key={itemId(item)}
              className={cn(
                'flex items-start gap-2 py-3 pr-4 pl-2 sm:pr-5',
                drag?.from === index && 'bg-hover opacity-70',
                drag !== null && drag.to === index && drag.from !== index && 'bg-accent-subtle',
              )}
            >
              {onMove === undefined ? (
                <span className="w-2 shrink-0" />
              ) : (
                <span className="flex shrink-0 items-center">
                  <Button
                    variant="ghost"
                    size="icon-sm"
                    aria-label={labels.drag(name)}
                    onKeyDown={(event) => press(event, item, place)}
                    className="cursor-grab touch-none active:cursor-grabbing max-sm:hidden"
                    {...handle(index)}
                  >
                    <GripVertical aria-hidden />
                  </Button>
                  <span className="flex flex-col">
                    <Step label={labels.up(name)} disabled={place === 0} onStep={() => move(item, place - 1)} icon={<ChevronUp aria-hidden />} />
                    <Step label={labels.down(name)} disabled={place === total - 1} onStep={() => move(item, place + 1)} icon={<ChevronDown aria-hidden />} />
                  </span>
                </span>
              )}
              <div className="min-w-0 flex-1">{children(item, place)}</div>
            </li>
          )
        })}
      </ul>
      <LiveRegion message={said} />
    </>
  )
}

type StepProps = { label: string; disabled: boolean; onStep: () => void; icon: ReactNode }

/** Not `disabled` at the end of the list: the focus would be lost there. */
function Step({ label, disabled, onStep, icon }: StepProps) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-disabled={disabled || undefined}
      onClick={disabled ? undefined : onStep}
      className="grid size-6 place-items-center rounded-sm text-muted hover:bg-hover hover:text-foreground aria-disabled:opacity-40 touch:size-11 [&_svg]:size-3.5"
    >
      {icon}
    </button>
  )
}
