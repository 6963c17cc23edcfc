import { queryOptions } from '@tanstack/react-query'
import { getDoctor } from '@/contracts/doctor'
import { callEndpoint } from '../request'

/** What the browser asks the doctor; the only spelling of the query key. */
export const doctorQueries = {
  report: () => queryOptions({ queryKey: ['doctor'] as const, queryFn: ({ signal }) => callEndpoint(getDoctor, { signal }) }),
}
