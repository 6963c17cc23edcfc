-- What a machine key carried itself becomes its restriction, enforced as it was. What an entry is for was never asked: the
-- name of the key says as much as there is.
INSERT INTO "address_lists" ("id", "organization_id", "machine_key_id", "mode", "mode_since")
SELECT gen_random_uuid(), "organization_id", "id", 'enforced', "created_at" FROM "machine_keys" WHERE cardinality("addresses") > 0;

INSERT INTO "address_entries" ("id", "organization_id", "list_id", "position", "block", "comment", "owner", "created_at", "created_by_user_id")
SELECT gen_random_uuid(), k."organization_id", l."id", a."n" - 1, a."block", k."name", coalesce(u."name", 'Unknown'), k."created_at", k."created_by_user_id"
FROM "machine_keys" k
JOIN "address_lists" l ON l."machine_key_id" = k."id"
JOIN LATERAL unnest(k."addresses") WITH ORDINALITY AS a ("block", "n") ON true
LEFT JOIN "users" u ON u."id" = k."created_by_user_id"
ON CONFLICT DO NOTHING;

-- One place only from here on.
ALTER TABLE "machine_keys" DROP COLUMN "addresses";
