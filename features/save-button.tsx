'use client'

import { Download } from 'lucide-react'
import { useState } from 'react'
import { saveCsv } from '@/components/save-csv'
import { Button } from '@/components/ui/button'
import { ProblemAlert } from './problem-state'

/** Saves a CSV file that is made when it is wanted, which a spreadsheet opens without running anything. */
export function SaveButton({ label, make }: { label: string; make: () => Promise<{ csv: string; fileName: string }> }) {
  const [isBusy, setIsBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const save = async () => {
    setIsBusy(true)
    setError(null)
    try {
      const { csv, fileName } = await make()
      saveCsv(csv, fileName)
    } catch (caught) {
      setError(caught)
    } finally {
      setIsBusy(false)
    }
  }
  return (
    <>
      <Button onClick={() => void save()} loading={isBusy}>
        <Download aria-hidden />
        {label}
      </Button>
      {error !== null && <ProblemAlert error={error} />}
    </>
  )
}
