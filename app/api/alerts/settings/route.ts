import { changeAlertSettings } from '@/contracts/alerts'
import { changeAlertSettings as change } from '@/server/alerts/change-alert-settings'
import { defineHandler } from '@/server/http/define-handler'

export const PATCH = defineHandler(changeAlertSettings, ({ body, actor }) => change(actor, body))
