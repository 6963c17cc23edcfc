import { z } from './zod'

/** What back ends can be told of by webhook. */
export const EVENT_TYPES = [
  'connection.connected',
  'connection.reconnect_required',
  'connection.refresh_failing',
  'connection.reconnected',
  'connection.disconnected',
  'admin_token.ending',
  'quota.low',
  'key_migration.finished',
  'machine_key.new_address',
  'machine_key.many_connections',
  'machine_key.unusual_rate',
  'hand_outs.frozen',
  'hand_outs.thawed',
] as const
export type EventType = (typeof EVENT_TYPES)[number]

/**
 * What people are told of: nothing that is well, but for a thaw, which gives secrets out again; and a webhook that can not
 * be told by itself.
 */
export const ALERT_TYPES = [
  'connection.reconnect_required',
  'connection.refresh_failing',
  'admin_token.ending',
  'quota.low',
  'key_migration.finished',
  'machine_key.new_address',
  'machine_key.many_connections',
  'machine_key.unusual_rate',
  'hand_outs.frozen',
  'hand_outs.thawed',
  'webhook.disabled',
] as const
export type AlertType = (typeof ALERT_TYPES)[number]

export const eventTypeSchema = z.enum(EVENT_TYPES)
export const alertTypeSchema = z.enum(ALERT_TYPES)
