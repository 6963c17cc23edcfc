import { createSandbox } from '@/sandbox/create-sandbox'

const RECORDS_KEPT = 500_000
const REQUESTS_KEPT = 50_000

const sandbox = await createSandbox({ truthLogLimit: RECORDS_KEPT, tapeLimit: REQUESTS_KEPT })
process.on('disconnect', () => process.exit(0))
process.send?.({ url: sandbox.url, apiUrl: sandbox.apiUrl, backOfficeUrl: sandbox.backOfficeUrl })
