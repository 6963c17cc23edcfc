import { BODY, fromCalls, fromLineage, STATUS_AND_TYPE, type Doubt } from './doubt'

const TOKEN_CALLS = `o.call IN ('code_exchange', 'refresh', 'migrate', 'api_login') AND o.cause IS NULL`

/** What was stored as the refresh token before. Almost no answer has one, so almost no row is looked up. */
const REFRESH_TOKEN_BEFORE = `(
  SELECT p.refresh_fingerprint FROM token_lineage p
  WHERE l.refresh_fingerprint <> '' AND p.connection_id = l.connection_id AND p.at < l.at AND p.refresh_fingerprint <> ''
  ORDER BY p.at DESC LIMIT 1)`

/** Whole hours, and whole minutes of what is shorter. */
const LIFETIME = `CASE WHEN l.access_expires_at - l.at > interval '90 minutes'
  THEN round(extract(epoch FROM l.access_expires_at - l.at) / 3600)::text || ' h'
  ELSE round(extract(epoch FROM l.access_expires_at - l.at) / 60)::text || ' min' END`

/** The same API client registered twice, and in each a connection of the same property. */
const SAME_GRANT = `
  WITH pairs AS (
    SELECT earlier.id, earlier.state, earlier.cause, earlier.state_since, min(l.at) AS consented_at
    FROM connections earlier JOIN clients ec ON ec.id = earlier.api_client_id
    JOIN clients lc ON lc.client_id = ec.client_id AND lc.upstream_id = ec.upstream_id
    JOIN connections later ON later.api_client_id = lc.id AND later.identity = earlier.identity AND later.id <> earlier.id
    JOIN token_lineage l ON l.connection_id = later.id AND l.origin = 'code'
    WHERE l.at > (SELECT min(f.at) FROM token_lineage f WHERE f.connection_id = earlier.id)
    GROUP BY earlier.id
  ), judged AS (
    SELECT consented_at, CASE
      WHEN EXISTS (SELECT 1 FROM token_lineage r WHERE r.connection_id = pairs.id AND r.origin = 'refresh' AND r.at > consented_at)
        THEN 'the earlier grant lives on'
      WHEN state = 'reconnect_required' AND cause IS NULL AND state_since > consented_at THEN 'the earlier grant ended' END AS seen
    FROM pairs)
  SELECT seen, count(*)::int AS times, max(consented_at) AS last FROM judged WHERE seen IS NOT NULL GROUP BY 1`

/** Calls with an admin token after somebody logged in again with the same client id, at whichever of our API clients. */
const EARLIER_ADMIN_TOKEN = `
  WITH held AS (SELECT t.*, c.client_id, c.upstream_id FROM admin_tokens t JOIN clients c ON c.id = t.api_client_id)
  SELECT CASE WHEN o.cause IS NULL THEN 'the earlier token is taken' ELSE 'the earlier token is refused' END AS seen,
    count(*)::int AS times, max(o.at) AS last
  FROM operations o JOIN held t ON t.api_client_id = o.api_client_id AND o.at > t.issued_at AND o.at < t.expires_at
    AND (t.retired_at IS NULL OR o.at < t.retired_at OR (o.at = t.retired_at AND o.cause IS NOT NULL))
  WHERE o.call IN ('configuration_read', 'configuration_change', 'create_property')
    AND (o.cause IS NULL OR o.cause IN ('credential', 'access_token_expired'))
    AND EXISTS (SELECT 1 FROM held n WHERE n.client_id = t.client_id AND n.upstream_id = t.upstream_id AND n.id <> t.id
      AND n.issued_at > t.issued_at AND n.issued_at < o.at)
  GROUP BY 1`

/** Grants and tokens: what begins, renews and ends them. */
export const DOUBTS_OF_GRANTS: readonly Doubt[] = [
  {
    question: 'Does the answer to a refresh carry a refresh token?',
    assumed: ['none'],
    switches: ['refreshRotation', 'refreshGraceMs', 'refreshReturnsToken'],
    evidence: fromLineage(
      `CASE WHEN l.refresh_fingerprint = '' THEN 'none' WHEN l.refresh_fingerprint = ${REFRESH_TOKEN_BEFORE} THEN 'the same one' ELSE 'a new one' END`,
      `l.origin = 'refresh'`,
    ),
  },
  {
    question: 'Does a refresh end the access token before?',
    assumed: [],
    switches: ['refreshEndsAccessToken'],
    evidence: `SELECT 'a replaced token was reported as refused' AS seen, count(*)::int AS times, max(e.at) AS last
      FROM audit_events e JOIN connections n ON n.id::text = e.target_id JOIN clients c ON c.id = n.api_client_id
      WHERE e.action = 'access_token.rejection_reported' AND e.detail->>'verdict' = 'not_current' HAVING count(*) > 0`,
  },
  {
    question: 'Does a new consent for the same property end the earlier grant?',
    assumed: ['the earlier grant lives on'],
    switches: ['newConsentEndsGrant'],
    evidence: SAME_GRANT,
  },
  {
    question: 'Does a second ApiLogin end the first admin token?',
    assumed: ['the earlier token is taken'],
    switches: ['newLoginEndsAdminToken'],
    evidence: EARLIER_ADMIN_TOKEN,
  },
  {
    question: 'How long does an access token live?',
    assumed: ['24 h'],
    switches: ['accessTokenLifetimeMs'],
    evidence: fromLineage(LIFETIME, `l.expiry_source <> 'assumed'`),
  },
  {
    question: 'How long does an admin token live?',
    assumed: ['365 days'],
    switches: ['adminTokenLifetimeMs'],
    evidence: `SELECT round(extract(epoch FROM t.expires_at - t.issued_at) / 86400)::text || ' days' AS seen, count(*)::int AS times, max(t.issued_at) AS last
      FROM admin_tokens t JOIN clients c ON c.id = t.api_client_id GROUP BY 1`,
  },
  {
    question: 'Which field of a token answer says when it ends?',
    assumed: ['expireDate'],
    switches: ['expiryFields'],
    evidence: fromLineage(`CASE l.expiry_source WHEN 'assumed' THEN 'neither' ELSE l.expiry_source END`, 'true'),
  },
  {
    question: 'What is the access token called in a token answer?',
    assumed: ['access_token'],
    switches: ['tokenFields'],
    evidence: fromCalls(`CASE WHEN ${BODY} ~ '"access_token"' THEN 'access_token' ELSE 'accessToken' END`, `${TOKEN_CALLS} AND ${BODY} ~ '"access_?[tT]oken"'`),
  },
  {
    question: 'In which style are dates written?',
    assumed: ['with a zone in brackets'],
    switches: ['dateStyle'],
    evidence: fromCalls(
      `CASE WHEN ${BODY} ~ '"expireDate": "[^"]*\\]"' THEN 'with a zone in brackets' ELSE 'plain' END`, `${TOKEN_CALLS} AND ${BODY} ~ '"expireDate": "'`,
    ),
  },
  {
    question: 'What answers a refresh token that is refused?',
    assumed: ['403'],
    switches: ['refreshRefusalStatus', 'errorStyle'],
    evidence: fromCalls(STATUS_AND_TYPE, `o.call = 'refresh' AND o.status BETWEEN 400 AND 499 AND o.cause IN ('grant', 'credential', 'bad_request', 'unknown')`),
  },
  {
    question: 'What answers a code that is refused, and is it 60 seconds or three minutes old by then?',
    assumed: ['400'],
    switches: ['codeRefusalStatus', 'codeLifetimeMs', 'codeReuse'],
    evidence: fromCalls(STATUS_AND_TYPE, `o.call = 'code_exchange' AND o.status BETWEEN 400 AND 499`),
  },
  {
    question: 'What answers a client secret that is wrong?',
    assumed: ['401'],
    switches: ['credentialsRefusalStatus'],
    evidence: fromCalls(STATUS_AND_TYPE, `o.call = 'api_login' AND o.status BETWEEN 400 AND 499`),
  },
  {
    question: 'Does a new password of the hotelier end the grants that they gave?',
    assumed: [],
    switches: ['passwordChangeEndsGrants'],
    evidence: null,
  },
]
