/** What a client did that Octorate's documents do not provide for, or that ends badly in the field. */
export type LintRule = {
  /** what Octorate wants instead */
  readonly wants: string
  /** the section of docs/octorate.md that says so */
  readonly section: string
  /** the note on the tape; `value` is what was sent, cut to a harmless length */
  says(value: string): string
}

const CONSENT = 'Case 1: consent flow'
const KINDS = 'Two kinds of bearer token'
const CONFIGURATION = 'API configuration'
const CREATING = 'Creating a property'
const MIGRATION = 'Migration of old keys'
const ADDRESSES = 'Case 3: IP address authentication'
const MISTAKES = 'What integrators get wrong'

/** All lint rules, in the order of a connection's life. */
export const lintRules = {
  'wrong-path': {
    wants: 'API calls under /connect/rest/v1 (a few under v2), the consent page at /octobook/identity/oauth.xhtml',
    section: 'Hosts and paths',
    says: (path) => `called ${path}: the API is under /connect/rest/v1, the consent page is /octobook/identity/oauth.xhtml`,
  },
  'wrong-method': {
    wants: 'the method that the call is documented with',
    section: 'Hosts and paths',
    says: (call) => `called ${call}: this path has other methods`,
  },
  'consent-parameter-unknown': {
    wants: 'client_id, redirect_uri and state, nothing else: no response_type, no scope',
    section: CONSENT,
    says: (name) => `sent ${name}: Octorate's consent page takes client_id, redirect_uri and state only`,
  },
  'consent-parameter-missing': {
    wants: 'client_id and redirect_uri, each once',
    section: CONSENT,
    says: (name) => `sent no ${name} to the consent page`,
  },
  'consent-parameter-repeated': {
    wants: 'client_id, redirect_uri and state at most once each',
    section: CONSENT,
    says: (name) => `sent ${name} to the consent page more than once`,
  },
  'client-id-unknown': {
    wants: 'the client_id of the welcome mail',
    section: CONSENT,
    says: () => 'sent a client_id that nobody registered to the consent page',
  },
  'redirect-uri-unregistered': {
    wants: 'a registered redirect URI, equal character by character',
    section: CONSENT,
    says: () => 'sent a redirect_uri that is not registered: it must be equal character by character, trailing slash included',
  },
  'state-absent': {
    wants: 'a random state, checked when the browser comes back (optional at Octorate, but nothing else stops a forged answer)',
    section: MISTAKES,
    says: () => 'sent no state: nothing tells your callback that the answer belongs to this browser',
  },
  'state-guessable': {
    wants: 'a random state of at least 128 bits (22 characters of base64url) without personal data',
    section: MISTAKES,
    says: () => 'sent a short state: it can be guessed, or it carries an id of yours',
  },
  'content-type': {
    wants: 'Content-Type: application/x-www-form-urlencoded on identity calls',
    section: CONSENT,
    says: (sent) => `sent Content-Type ${sent || '(none)'}: Octorate wants application/x-www-form-urlencoded`,
  },
  'json-content-type': {
    wants: 'Content-Type: application/json and a JSON object',
    section: CREATING,
    says: (sent) => `sent Content-Type ${sent || '(none)'}: Octorate wants application/json and an object in it`,
  },
  'in-url': {
    wants: 'everything in the form body',
    section: MISTAKES,
    says: (names) => `sent ${names} in the URL: Octorate reads the form body only, and URLs end in logs`,
  },
  'parameter-missing': { wants: 'every parameter that the call is documented with', section: CONSENT, says: (name) => `sent no ${name}` },
  'parameter-repeated': { wants: 'each parameter once', section: CONSENT, says: (name) => `sent ${name} more than once` },
  'parameter-unknown': {
    wants: 'the documented parameters only',
    section: CONSENT,
    says: (name) => `sent ${name}: Octorate does not know this parameter here`,
  },
  'header-unknown': {
    wants: 'Content-Type, and no headers of your own invention',
    section: CONSENT,
    says: (name) => `sent the header ${name}: Octorate does not know it here`,
  },
  'authorization-on-identity': {
    wants: 'client_id and client_secret in the form',
    section: CONSENT,
    says: () => 'sent an Authorization header: Octorate wants client_id and client_secret in the form',
  },
  'client-credentials': {
    wants: 'the client_id and client_secret of the welcome mail, form-encoded byte by byte',
    section: 'Case 2: ApiLogin',
    says: () => 'sent client credentials that are not valid',
  },
  'real-credentials': {
    wants: 'secrets of the sandbox at the sandbox, and Octorate\'s at Octorate only',
    section: MISTAKES,
    says: () => 'sent what looks like a client secret that Octorate issued: is this the host that you meant?',
  },
  'grant-type': {
    wants: 'grant_type=code',
    section: CONSENT,
    says: (sent) => (sent === '' ? 'sent no grant_type: Octorate wants code' : `sent grant_type=${sent}: Octorate wants code`),
  },
  'refresh-grant-type': {
    wants: 'client_id, client_secret and refresh_token only',
    section: 'Refresh',
    says: (sent) => `sent grant_type=${sent}: Octorate's refresh has no grant_type`,
  },
  'code-unknown': { wants: 'the code that came to the redirect URI', section: CONSENT, says: () => 'sent a code that was never issued to this API client' },
  'code-late': { wants: 'the exchange within 60 seconds of the redirect', section: CONSENT, says: (age) => `sent a code ${age} after it was issued` },
  'code-twice': { wants: 'each code once', section: CONSENT, says: () => 'sent a code that was already used' },
  'redirect-uri-differs': {
    wants: 'the very same redirect_uri in both legs, trailing slash included',
    section: CONSENT,
    says: () => 'sent a redirect_uri to identity/token that differs from the one on the consent page',
  },
  'refresh-token-refused': {
    wants: 'the latest refresh token, kept safely; a new consent when it is dead',
    section: 'Refresh',
    says: (why) => `sent a refresh token that is ${why}`,
  },
  'refresh-early': {
    wants: 'one refresh when the access token is near its end, not one for every call',
    section: MISTAKES,
    says: (left) => `refreshed though the latest access token is good for ${left}`,
  },
  'login-early': {
    wants: 'one ApiLogin, and its token kept for its year',
    section: 'Case 2: ApiLogin',
    says: (left) => `logged in though the latest admin token is good for ${left}`,
  },
  'bearer-absent': { wants: 'Authorization: Bearer and the access token', section: CONSENT, says: () => 'sent no Authorization: Bearer header' },
  'bearer-is-refresh-token': {
    wants: 'the access token as bearer; the refresh token goes to identity/refresh only',
    section: KINDS,
    says: () => 'sent a refresh token as bearer',
  },
  'bearer-unknown': { wants: 'an access token that this service issued', section: 'Errors', says: () => 'sent a bearer token that means nothing here' },
  'wrong-kind': {
    wants: 'a property token for property data, an admin token for the API account',
    section: KINDS,
    says: (kind) => `sent ${kind}: this call needs the other kind`,
  },
  'other-property': {
    wants: 'properties that the token covers',
    section: KINDS,
    says: () => 'asked for a property that this token does not cover',
  },
  'address-unlisted': {
    wants: 'an address that Octorate has whitelisted, for property data with an admin token',
    section: ADDRESSES,
    says: (address) => `sent an admin token for a property from ${address}, which is not on the list`,
  },
  'permission-missing': {
    wants: 'a permission in the contract for what is called',
    section: 'Errors',
    says: (name) => `called something that the permission ${name} does not allow`,
  },
  'quota-ignored': {
    wants: 'waiting when the quota is used up',
    section: 'Errors',
    says: (over) => `went on calling: ${over} calls over the quota`,
  },
  'configuration-read-only': {
    wants: 'writable fields only',
    section: CONFIGURATION,
    says: (name) => `sent ${name} in the configuration: it is not writable`,
  },
  'redirect-uri-plain': {
    wants: 'https redirect URIs',
    section: CONSENT,
    says: () => 'used a redirect URI without TLS: Octorate takes https only',
  },
  'redirect-uris-dropped': {
    wants: 'the whole list of redirect URIs: read, add, write back',
    section: CONFIGURATION,
    says: (count) => `dropped ${count} of the registered redirect URIs: the list is replaced whole`,
  },
  'redirect-uri-in-production': {
    wants: 'a mail to Octorate for redirect URIs in production',
    section: CONSENT,
    says: () => 'changed redirect URIs in production: Octorate wants a mail instead',
  },
  'field-unknown': {
    wants: 'documented fields only',
    section: CREATING,
    says: (name) => `sent the field ${name}: Octorate does not know it here`,
  },
  'field-wrong': { wants: 'fields of the documented kind', section: CREATING, says: (name) => `sent ${name} missing or of the wrong kind` },
  'key-missing': { wants: 'the old key in a header called key', section: MIGRATION, says: () => 'sent no header called key' },
  'key-unknown': { wants: 'an old key of this very property', section: MIGRATION, says: () => 'sent an old key that is not good for this property' },
  'migrated-twice': { wants: 'one migration per property', section: MIGRATION, says: () => 'migrated a property that was migrated before' },
} as const satisfies Readonly<Record<string, LintRule>>

export type LintRuleName = keyof typeof lintRules
