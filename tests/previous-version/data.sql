-- What an installation held when the migrations ended with 20261125211043_key_rotation: written with the columns of then and
-- sealed under a key of then. Never edited to make a test pass; tests/previous-version/fixture.ts has the secrets.

INSERT INTO encryption_keys (key_id, check_sealed) VALUES
  ('before', 'v1.before.A256GCM.wlurwOgmd0p-fmXyqOJZ-T7igkNphK8jVVZFJ2cgSUs.Q5ZcY3b9iJHPFQc2.xrAorZTh1Q.w5MImFyz3OXvNEs9x5RP5g');
INSERT INTO derivation_roots (id, root_sealed) VALUES
  (1, 'v1.before.A256GCM.h47DbzwmWTwPoA-Jy4fHsLZncdlqb2eH2aH0vQtuitY.jLFIaIOyxrfbRCzD.u3hAwLFkmCZXYuZrnmv1jVS9F1Aq1tM_snUQq3W1ez742PR1JlMjOUoYH1U.xY0t8P-1kXjfn6Pq4AbtnQ');

INSERT INTO organizations (id, name) VALUES ('0b000000-0000-4000-8000-000000000001', 'Northwind Hotels Software');
INSERT INTO users (id, email, name, password_hash) VALUES
  ('0d000000-0000-4000-8000-000000000001', 'robin@keyrack.example', 'Robin',
   '$argon2id$v=19$m=19456,t=2,p=1$X/ImxD0OMW+AeyZEHkYmag$wvbkWHr8+nGBHZWdzX4vtyeWNfFNdVY0hpZEsDbItFw'),
  ('0d000000-0000-4000-8000-000000000002', 'sam@keyrack.example', 'Sam', NULL);
INSERT INTO memberships (organization_id, user_id, role) VALUES
  ('0b000000-0000-4000-8000-000000000001', '0d000000-0000-4000-8000-000000000001', 'owner'),
  ('0b000000-0000-4000-8000-000000000001', '0d000000-0000-4000-8000-000000000002', 'support');

INSERT INTO api_clients (id, organization_id, name, client_id, client_secret_sealed, client_secret_last4, secret_rotated_at, environment, upstream_id, updated_at) VALUES
  ('0a000000-0000-4000-8000-000000000001', '0b000000-0000-4000-8000-000000000001', 'Channel manager', 'client-of-then',
   'v1.before.A256GCM.5SWglLz8aZXcQnd59hnT4JKIIZzszM2DeWhMuE7CI_Q.MEj_B6NQPtOkxjKo.XYgcwvCumGkvmuvRPfjsYuIs.o3RpF7cLDF033l8cba9wlA',
   'then', now(), 'SANDBOX', 'sandbox', now());

INSERT INTO connections (id, organization_id, api_client_id, identity, name, search_text, environment, state, state_since, origin, consented_by_name,
  connected_by_user_id, contact_name, contact_email, access_token_sealed, access_token_version, access_issued_at, access_expires_at, expiry_source,
  refresh_token_sealed, refresh_token_version, last_refresh_at, next_refresh_at, verified_at, updated_at) VALUES
  ('0c000000-0000-4000-8000-000000000001', '0b000000-0000-4000-8000-000000000001', '0a000000-0000-4000-8000-000000000001', 'property:16997',
   'Hotel Roma', 'hotel roma 16997', 'SANDBOX', 'connected', now() - interval '40 days', 'code', 'Giulia Rossi',
   '0d000000-0000-4000-8000-000000000001', 'Giulia Rossi', 'giulia@hotel-roma.example',
   'v1.before.A256GCM.5AFkJ-d3jHISaWt0me-uIUNByEqHlJ4SpJRQVby8zkw.17gbL9fvSIJVD1lX.m9Mx9AsNnHaqrlK_MIAvzufm7GWrZNbT.gR2oYUA_zAtJc_Edhj0VAw', 3,
   now() - interval '1 hour', now() + interval '23 hours', 'expireDate',
   'v1.before.A256GCM._aUyCK-P83NGrUwcS4ae-DDbFxvZvv3migr2N3_xHO4.iRrh1mgwAttY426f.x_lqIycJ93J95X4Szs4M_ru9lInFhqzh5w.WXhSRxvRQRQ8iGvkNHUPGA', 2,
   now() - interval '1 hour', now() + interval '12 hours', now() - interval '40 days', now());
INSERT INTO connections (id, organization_id, api_client_id, identity, name, search_text, environment, state, state_since, origin,
  access_issued_at, access_expires_at, expiry_source, last_refresh_at, updated_at, disconnected_at) VALUES
  ('0c000000-0000-4000-8000-000000000002', '0b000000-0000-4000-8000-000000000001', '0a000000-0000-4000-8000-000000000001', 'property:17001',
   'Hotel Milano', 'hotel milano 17001', 'SANDBOX', 'disconnected', now() - interval '3 days', 'code',
   now() - interval '4 days', now() - interval '3 days', 'expireDate', now() - interval '4 days', now(), now() - interval '3 days');
INSERT INTO properties (id, organization_id, connection_id, upstream_id, name) VALUES
  ('0e000000-0000-4000-8000-000000000001', '0b000000-0000-4000-8000-000000000001', '0c000000-0000-4000-8000-000000000001', '16997', 'Hotel Roma'),
  ('0e000000-0000-4000-8000-000000000002', '0b000000-0000-4000-8000-000000000001', '0c000000-0000-4000-8000-000000000002', '17001', 'Hotel Milano');
INSERT INTO token_lineage (id, organization_id, connection_id, at, origin, access_fingerprint, refresh_fingerprint, refresh_replaced, access_expires_at, expiry_source) VALUES
  ('0f000000-0000-4000-8000-000000000001', '0b000000-0000-4000-8000-000000000001', '0c000000-0000-4000-8000-000000000001',
   now() - interval '1 hour', 'refresh', 'fingerprint-then', '', false, now() + interval '23 hours', 'expireDate');

INSERT INTO machine_keys (id, organization_id, name, environment, digest, last4, scopes, properties, created_by_user_id, created_at) VALUES
  ('0c100000-0000-4000-8000-000000000001', '0b000000-0000-4000-8000-000000000001', 'Back end', 'SANDBOX',
   'I7mxsOPA76pmchaEWaC8XlvnIJpow4v9qzm7rEGrGs8', 'liRd', '{tokens:read,connections:read}', '{}', '0d000000-0000-4000-8000-000000000001', now()),
  ('0c100000-0000-4000-8000-000000000002', '0b000000-0000-4000-8000-000000000001', 'Another network', 'SANDBOX',
   '1pF8PuPvTktJMluYPAFMhg7xLjwDaWpgLClSN88ymYw', 'gmPx', '{tokens:read}', '{}', '0d000000-0000-4000-8000-000000000001', now());

INSERT INTO links (id, organization_id, api_client_id, kind, connection_id, token_digest, recipient_name, language, created_by_user_id, created_at, expires_at) VALUES
  ('0c200000-0000-4000-8000-000000000001', '0b000000-0000-4000-8000-000000000001', '0a000000-0000-4000-8000-000000000001', 'reconnect',
   '0c000000-0000-4000-8000-000000000001', 'ZtNPunH49FD35FWYhT5Tv8I7vRKQJ8uxMaL0_9eHjNA', 'Giulia Rossi', 'it',
   '0d000000-0000-4000-8000-000000000001', now(), now() + interval '7 days');

INSERT INTO audit_events (organization_id, at, action, outcome, actor_kind, actor_id, target_kind, target_id, detail) VALUES
  ('0b000000-0000-4000-8000-000000000001', now() - interval '40 days', 'connection.connected', 'success', 'user', '0d000000-0000-4000-8000-000000000001',
   'connection', '0c000000-0000-4000-8000-000000000001', '{}');
