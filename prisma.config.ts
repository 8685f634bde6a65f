// Where Prisma finds its schema and migrations, and how its CLI stays off the network.
import { env } from 'node:process'
import { defineConfig } from 'prisma/config'

// The CLI wants to download a schema engine that `prisma generate` never runs. Any existing program satisfies the check
// for it; `prisma migrate` does need the real one, which is why src/postgres applies the migrations itself.
env['PRISMA_SCHEMA_ENGINE_BINARY'] ??= process.execPath
env['CHECKPOINT_DISABLE'] ??= '1'

const url = env['DATABASE_DIRECT_URL'] ?? env['DATABASE_URL']

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  // Only Prisma's own tools (`prisma migrate status`, `prisma studio`) connect through this.
  ...(url === undefined ? {} : { datasource: { url } }),
})
