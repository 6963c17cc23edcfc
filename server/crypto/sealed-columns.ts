/** A column of envelopes, and where each of its envelopes belongs, in SQL over a row `t`. */
export interface SealedColumn {
  readonly table: string
  readonly column: string
  readonly organizationId: string
  readonly rowId: string
  readonly version: string
}

const ofRow = { organizationId: 't.organization_id', rowId: 't.id', version: '1' }

/**
 * Every column that holds envelopes, for resealing them under another key. Proofs of keys are not among them: each is
 * sealed with the very key that it proves.
 */
export const SEALED_COLUMNS: readonly SealedColumn[] = [
  { ...ofRow, table: 'connections', column: 'refresh_token_sealed', version: 't.refresh_token_version' },
  { ...ofRow, table: 'connections', column: 'access_token_sealed', version: 't.access_token_version' },
  { ...ofRow, table: 'api_clients', column: 'client_secret_sealed', version: 't.client_secret_version' },
  { ...ofRow, table: 'admin_tokens', column: 'token_sealed' },
  { ...ofRow, table: 'grant_journal', column: 'answer_sealed' },
  { ...ofRow, table: 'quarantined_grants', column: 'answer_sealed' },
  {
    table: 'import_lines', column: 'refresh_token_sealed', version: '1', rowId: "t.import_id || '/' || t.number",
    organizationId: '(SELECT i.organization_id FROM connection_imports i WHERE i.id = t.import_id)',
  },
  {
    table: 'idempotent_answers', column: 'body_sealed', version: '1', rowId: "t.machine_key_id || ' ' || t.key",
    organizationId: '(SELECT k.organization_id FROM machine_keys k WHERE k.id = t.machine_key_id)',
  },
  { ...ofRow, table: 'old_keys', column: 'key_sealed', rowId: "t.property_id || '/' || t.fingerprint" },
  { ...ofRow, table: 'mails', column: 'body_sealed' },
  { table: 'two_factors', column: 'secret_sealed', organizationId: "'none'", rowId: 't.user_id', version: 't.version' },
  { table: 'audit_signing_keys', column: 'private_sealed', organizationId: "'none'", rowId: 't.id', version: '1' },
  { ...ofRow, table: 'webhook_endpoints', column: 'url_sealed' },
  { ...ofRow, table: 'webhook_endpoints', column: 'secret_sealed', version: 't.secret_version' },
  { ...ofRow, table: 'webhook_endpoints', column: 'previous_secret_sealed', version: 't.secret_version - 1' },
  { table: 'derivation_roots', column: 'root_sealed', organizationId: "''", rowId: "'1'", version: '1' },
]
