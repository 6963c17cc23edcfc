import type { StepStatus } from '@/components/step-strip'
import { KEY_MIGRATION_STAGES, type KeyMigration, type KeyMigrationStage } from '@/contracts/key-migrations'

/** How the three stages stand: what is behind is verified, and a run that stopped has failed where it is. */
export function stageSteps({ state, stage, counts, total }: Pick<KeyMigration, 'state' | 'stage' | 'counts' | 'total'>): { stage: KeyMigrationStage; status: StepStatus }[] {
  const at = KEY_MIGRATION_STAGES.indexOf(stage)
  const isOver = state === 'finished' || state === 'cancelled'
  return KEY_MIGRATION_STAGES.map((each, index) => {
    if (index < at) return { stage: each, status: 'done' }
    if (index > at) return { stage: each, status: isOver ? 'skipped' : 'waiting' }
    return { stage: each, status: current(state, counts.verified > 0 && counts.skipped < total) }
  })
}

function current(state: KeyMigration['state'], hasVerified: boolean): StepStatus {
  if (state === 'running') return 'running'
  if (state === 'stopped') return 'failed'
  if (state === 'paused') return 'waiting'
  return state === 'finished' && hasVerified ? 'done' : 'skipped'
}
