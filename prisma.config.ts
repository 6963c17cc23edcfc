import { defineConfig } from 'prisma/config'

// No datasource: `prisma generate` needs none, and migrations are applied by server/database/migrate.ts.
export default defineConfig({ schema: 'prisma/schema', migrations: { path: 'prisma/migrations' } })
