-- A column that the next migration turned into restrictions: the one key is for this machine, the other for a network elsewhere.
UPDATE machine_keys SET addresses = '{127.0.0.1}' WHERE id = '0c100000-0000-4000-8000-000000000001';
UPDATE machine_keys SET addresses = '{203.0.113.0/24}' WHERE id = '0c100000-0000-4000-8000-000000000002';
