import { MachineKeySkeleton } from '@/features/machine-keys/machine-key-skeleton'

export default function Loading() {
  return <MachineKeySkeleton />
}
