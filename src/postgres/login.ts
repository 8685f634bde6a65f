// Who api and worker log in as at the PostgreSQL from npm: a role that can become what each transaction runs as, and nothing else.
// RESET ROLE leads back to a role without a right to any table, and not to the superuser.
import pg from 'pg'
import { withClient } from './migrations.ts'

export const loginRole = 'segl_login'

/** Makes the role, or gives it its rights anew: tables of the queue may have been added. Needs the roles and tables of `segl migrate`. */
const makeLogin = (password: string): string => `do $$
begin
  if not exists (select from pg_roles where rolname = '${loginRole}') then create role ${loginRole}; end if;
  alter role ${loginRole} login nosuperuser nocreatedb nocreaterole noinherit noreplication nobypassrls
    password ${pg.escapeLiteral(password)};
  grant segl_app, segl_system to ${loginRole} with inherit false, set true;
  -- Whether the tables are those that the program knows is asked at its start.
  grant select on _prisma_migrations to ${loginRole};
  if to_regnamespace('bullmq') is not null then
    grant usage on schema bullmq to ${loginRole};
    grant select, insert, update, delete on all tables in schema bullmq to ${loginRole};
    grant usage, select on all sequences in schema bullmq to ${loginRole};
    grant execute on all functions in schema bullmq to ${loginRole};
  end if;
end $$`

/** Opens a migrated database to the application. @returns the URL that it logs in with */
export async function openLogin(postgres: { readonly url: string; readonly loginPassword: string }): Promise<string> {
  await withClient(postgres.url, async (client) => {
    await client.query('begin')
    // Two commands may do so at once.
    await client.query(`select pg_advisory_xact_lock(hashtext('segl_login'))`)
    await client.query(makeLogin(postgres.loginPassword))
    await client.query('commit')
  })
  const url = new URL(postgres.url)
  url.username = loginRole
  url.password = postgres.loginPassword
  return url.href
}
