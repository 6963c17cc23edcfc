import 'server-only'
import { runImport } from '../imports/run-import'
import { sendMail } from '../mail/send-mail'
import { deliverWebhook } from '../webhooks/deliver-webhook'
import type { JobName, Task } from './jobs'

/** Who does each kind of job: one that nobody does does not compile. */
export const TASKS: { readonly [N in JobName]: Task<N> } = {
  run_import: ({ importId }, signal) => runImport(importId, signal),
  deliver_webhook: ({ deliveryId }) => deliverWebhook(deliveryId),
  send_mail: ({ mailId }) => sendMail(mailId),
}
