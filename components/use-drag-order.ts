'use client'

import { useRef, useState, type PointerEvent, type RefObject } from 'react'

type DragOrder = {
  list: RefObject<HTMLUListElement | null>
  /** Index of the row that is being dragged, and of the place that it would fall into; null while nothing is. */
  drag: { readonly from: number; readonly to: number } | null
  /** Props of a row's handle. */
  handle: (index: number) => {
    onPointerDown: (event: PointerEvent<HTMLElement>) => void
    onPointerMove: (event: PointerEvent<HTMLElement>) => void
    onPointerUp: () => void
    onPointerCancel: () => void
  }
}

/** Dragging rows of a list by a handle, with any pointer. What is moved is told once, at the end. */
export function useDragOrder(onMove: (from: number, to: number) => void): DragOrder {
  const list = useRef<HTMLUListElement>(null)
  const [drag, setDrag] = useState<DragOrder['drag']>(null)
  const placeAt = (y: number) => {
    const rows = [...(list.current?.children ?? [])].map((row) => row.getBoundingClientRect())
    const at = rows.findIndex(({ bottom }) => y < bottom)
    return at === -1 ? rows.length - 1 : at
  }
  return {
    list,
    drag,
    handle: (index) => ({
      onPointerDown: (event) => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        setDrag({ from: index, to: index })
      },
      onPointerMove: (event) => {
        if (drag === null) return
        const to = placeAt(event.clientY)
        if (to !== drag.to) setDrag({ ...drag, to })
      },
      onPointerUp: () => {
        if (drag === null) return
        setDrag(null)
        if (drag.to !== drag.from) onMove(drag.from, drag.to)
      },
      onPointerCancel: () => setDrag(null),
    }),
  }
}
