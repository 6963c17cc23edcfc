/**
 * Whether a freeze stands over a connection `c`: over itself, its API client or its organization. Part of the very
 * statements that hand tokens out, so that no memory of any process can be older than it.
 */
export const FROZEN = `EXISTS (SELECT 1 FROM freezes f WHERE f.lifted_at IS NULL
    AND f.target_id IN (c.id, c.api_client_id, c.organization_id) AND (NOT f.only_sandbox OR c.environment = 'SANDBOX'))`
