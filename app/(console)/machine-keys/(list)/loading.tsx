import { MachineKeysSkeleton } from '@/features/machine-keys/machine-keys-skeleton'

export default function Loading() {
  return <MachineKeysSkeleton />
}
