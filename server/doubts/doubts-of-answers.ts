import { BODY, fromCalls, STATUS_AND_TYPE, type Doubt } from './doubt'

const IDENTITY = `o.call IN ('code_exchange', 'refresh', 'migrate', 'api_login')`

/** Everything else that an answer may look like. */
export const DOUBTS_OF_ANSWERS: readonly Doubt[] = [
  {
    question: 'What answers a bearer that is taken no longer?',
    assumed: ['403 ApiLoginExpired', '401'],
    switches: ['expiredTokenAnswer'],
    evidence: fromCalls(STATUS_AND_TYPE, `NOT ${IDENTITY} AND o.cause IN ('access_token_expired', 'credential')`),
  },
  {
    question: 'Does the browser come back when the hotelier refuses?',
    assumed: ['it comes back'],
    switches: ['refusedConsent'],
    evidence: `SELECT 'it comes back' AS seen, count(*)::int AS times, max(a.finished_at) AS last
      FROM authorizations a JOIN clients c ON c.id = a.api_client_id WHERE a.failure = 'consent_refused' HAVING count(*) > 0`,
  },
  {
    question: 'Is the list of properties bare, or wrapped in data?',
    assumed: ['bare'],
    switches: ['accommodationList'],
    evidence: fromCalls(`CASE WHEN left(${BODY}, 1) = '[' THEN 'bare' ELSE 'wrapped' END`, `o.call = 'properties' AND o.cause IS NULL AND ${BODY} ~ '^[[{]'`),
  },
  {
    question: 'From which number do pages of properties count, and how long is one?',
    assumed: [],
    switches: ['firstPage', 'pageSize'],
    evidence: null,
  },
  {
    question: "What does an admin token list as the account's properties?",
    assumed: [],
    switches: ['adminTokenLists'],
    evidence: null,
  },
  {
    question: 'Which properties does an admin token reach from a listed address?',
    assumed: ['reached'],
    switches: ['addressReach'],
    evidence: fromCalls(`CASE WHEN o.cause IS NULL THEN 'reached' ELSE ${STATUS_AND_TYPE} END`, `o.call = 'property_by_address' AND o.status IS NOT NULL`),
  },
  {
    question: 'Which calls are refused when the quota is used up: do identity calls count?',
    assumed: ['other calls'],
    switches: ['quotaEnforced', 'quotaLimit', 'quotaWindowMs', 'quotaCountsIdentity'],
    evidence: fromCalls(`CASE WHEN ${IDENTITY} THEN 'identity calls' ELSE 'other calls' END`, `o.cause = 'quota'`),
  },
  {
    question: 'Which answers say what is left of the quota?',
    assumed: [],
    switches: ['quotaHeaders'],
    evidence: fromCalls(
      `CASE WHEN ${IDENTITY} THEN 'identity calls' ELSE 'other calls' END || CASE WHEN o.exchange->'responseHeaders' ? 'x-ratelimit-remaining' THEN '' ELSE ' do not' END`,
      `o.status IS NOT NULL`,
    ),
  },
  {
    question: 'What answers a second migration of a property?',
    assumed: ['400', '403'],
    switches: ['secondMigration'],
    evidence: fromCalls(STATUS_AND_TYPE, `o.call = 'migrate' AND o.status BETWEEN 400 AND 499`),
  },
  {
    question: 'Where does the answer to creating a property have its id and its token?',
    assumed: ['id, refresh_token'],
    switches: ['createdStatus', 'createdId', 'createdTokens'],
    evidence: fromCalls(
      `CASE WHEN ${BODY} ~ '"ids"' THEN 'ids' WHEN ${BODY} ~ '"codice"' THEN 'codice' ELSE 'id' END
        || CASE WHEN ${BODY} ~ '"identity"' THEN ', identity' ELSE ', refresh_token' END`,
      `o.call = 'create_property' AND o.cause IS NULL`,
    ),
  },
  {
    question: 'Is a known mail address refused when accept_duplicates is absent?',
    assumed: [],
    switches: ['duplicatesByDefault'],
    evidence: null,
  },
  {
    question: 'Does production take redirect URIs through PATCH?',
    assumed: [],
    switches: ['productionRedirectUri'],
    evidence: null,
  },
]
