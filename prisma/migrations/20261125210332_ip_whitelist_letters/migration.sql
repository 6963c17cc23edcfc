ALTER TYPE "letter_kind" ADD VALUE 'ip_whitelist';
