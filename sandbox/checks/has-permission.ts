import type { Answer, Exchange, Step } from '../http/exchange'
import { apiClientBehind } from '../http/exchange'
import { note } from '../lint/note'
import type { Permissions } from '../models/api-client'
import { recordRefusal } from './token-kind'

/**
 * The API account's contract allows this (API description, API configuration: permissions). What it does not allow is
 * refused by a 403 that is not JSON (API description, Errors).
 */
export function hasPermission(name: keyof Permissions, wanted: 'READONLY' | 'READWRITE'): Step {
  return function permissionIsGiven(exchange) {
    const given = apiClientBehind(exchange)?.configuration.permissions[name] ?? 'READWRITE'
    return given === 'READWRITE' || given === wanted ? undefined : refuse(exchange, name)
  }
}

function refuse(exchange: Exchange, name: string): Answer {
  note(exchange, 'permission-missing', name)
  recordRefusal(exchange, 'permission-missing')
  return { status: 403, contentType: 'text/plain', body: 'Caller not in requested role' }
}
