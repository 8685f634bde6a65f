// The database's own wall between tenants: its roles, what each may do, and row-level security on every table with a tenant.
//
//   segl_owner   owns the tables; `segl migrate` works with its rights. Sees rows only while it migrates.
//   segl_app     what api and worker do for one tenant: rows whose tenant is the transaction's `segl.tenant`, no others
//   segl_system  what belongs to no tenant: sweeper, sequencer, log, deliveries, and finding whose key, link or login this is.
//                Sees every tenant's rows; what is proof or content it may only read.
//
// None of them logs in. Who does is a member (at the PostgreSQL from npm `segl_login`, login.ts), and each transaction says which of
// them it is (adapters/store/doors.ts).
import type pg from 'pg'
import { SeglError } from '../errors.ts'

/** Tables whose rows nobody may write for "every tenant": documents, signatures and the trail. */
const proof = ['audit_event', 'document', 'revision', 'signer', 'signature', 'ceremony', 'validation_data', 'lease']

const createRoles = `do $$
declare wanted text;
begin
  foreach wanted in array array['segl_owner', 'segl_app', 'segl_system'] loop
    if not exists (select from pg_roles where rolname = wanted) then
      begin
        execute format('create role %I nologin nosuperuser nocreatedb nocreaterole noinherit', wanted);
      exception when duplicate_object or unique_violation then
        null; -- made meanwhile, for another database of the same server
      end;
    end if;
    if not pg_has_role(current_user, wanted, 'set') then
      execute format('grant %I to current_user', wanted);
    end if;
  end loop;
end $$`

/** What a migration needs of rows that row-level security hides from the owner of their table. */
export const migrating = `select set_config('segl.migrating', 'on', true)`

/**
 * Every table that there is now, whichever migration made it. A table with `tenant_id` is closed by it; of the others,
 * `tenant` is closed by its own id and the rest is the system's alone.
 */
const protectTables = `do $$
declare
  one record;
  own text;
  current_tenant constant text := $q$nullif(current_setting('segl.tenant', true), '')::uuid$q$;
begin
  execute format('revoke create on schema public from public');
  grant usage, create on schema public to segl_owner;
  grant usage on schema public to segl_app, segl_system;
  for one in
    select c.relname as name, c.relkind = 'S' as sequence,
      exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped) as scoped
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'S')
      and c.relname <> '_prisma_migrations' and (c.relkind <> 'S' or c.relname = 'lease_fencing')
  loop
    execute format('alter table %I owner to segl_owner', one.name);
    execute format('revoke all on %I from public, segl_app, segl_system', one.name);
    if one.sequence then
      execute format('grant usage on sequence %I to segl_app', one.name);
      continue;
    end if;
    if one.name = any (array['${proof.join("', '")}']) then
      execute format('grant select on %I to segl_system', one.name);
    else
      execute format('grant select, insert, update, delete on %I to segl_system', one.name);
    end if;
    if not one.scoped and one.name <> 'tenant' then continue; end if;
    own := case when one.scoped then 'tenant_id' else 'id' end || ' = ' || current_tenant;
    if one.scoped then
      execute format('grant select, insert, update, delete on %I to segl_app', one.name);
    else
      execute format('grant select on %I to segl_app', one.name);
    end if;
    execute format('alter table %I enable row level security', one.name);
    execute format('alter table %I force row level security', one.name);
    execute format('drop policy if exists of_the_tenant on %I', one.name);
    execute format('drop policy if exists of_the_system on %I', one.name);
    execute format('drop policy if exists of_a_migration on %I', one.name);
    execute format('create policy of_the_tenant on %I to segl_app using (%s) with check (%2$s)', one.name, own);
    execute format('create policy of_the_system on %I to segl_system using (true) with check (true)', one.name);
    execute format('create policy of_a_migration on %I to segl_owner using (current_setting(''segl.migrating'', true) = ''on'')', one.name);
  end loop;
  if to_regclass('public.revision') is not null then
    -- Blobs are shared by all tenants: whether anybody still refers to one is asked here, and answered with yes or no.
    create or replace function blob_in_use(sha256 text) returns boolean
      language sql stable security definer set search_path = public, pg_temp
      as $f$ select exists (select from revision where blob_sha256 = sha256) $f$;
    grant create on schema public to segl_system;
    alter function blob_in_use(text) owner to segl_system;
    revoke create on schema public from segl_system;
    revoke all on function blob_in_use(text) from public;
    grant execute on function blob_in_use(text) to segl_app, segl_system;
  end if;
  if to_regprocedure('public.blob_in_use_beside(text, uuid)') is not null then
    grant create on schema public to segl_system;
    alter function blob_in_use_beside(text, uuid) owner to segl_system;
    revoke create on schema public from segl_system;
    revoke all on function blob_in_use_beside(text, uuid) from public;
    grant execute on function blob_in_use_beside(text, uuid) to segl_app, segl_system;
  end if;
end $$`

const unprotected = `select c.relname as name from pg_class c
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname <> '_prisma_migrations'
    and (c.relname = 'tenant' or exists (
      select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped))
    and not (c.relrowsecurity and c.relforcerowsecurity and c.relowner = coalesce(to_regrole('segl_owner'), 0::oid))`

/** Makes the three roles when they are missing. @throws SeglError ROLES_MISSING when this user may not */
export async function ensureRoles(client: pg.Client): Promise<void> {
  await patiently(() => client.query(createRoles)).catch((cause: unknown) => {
    throw new SeglError(
      'ROLES_MISSING',
      `The database user of DATABASE_DIRECT_URL may not make the roles that keep tenants apart (${words(cause)}). ` +
        'Let an administrator run: CREATE ROLE segl_owner NOLOGIN; CREATE ROLE segl_app NOLOGIN; CREATE ROLE segl_system NOLOGIN; ' +
        'GRANT segl_owner, segl_app, segl_system TO that user. Then run `segl migrate` again.',
      { cause },
    )
  })
}

/** Closes every table; safe to repeat, and without effect when nothing changed. @throws SeglError ROLES_MISSING */
export async function closeTables(client: pg.Client): Promise<void> {
  await client.query('begin')
  try {
    await client.query(protectTables)
    await client.query('commit')
  } catch (cause) {
    await client.query('rollback')
    throw new SeglError(
      'ROLES_MISSING',
      `Row-level security could not be set up: ${words(cause)}. Run \`segl migrate\` as the owner of the database, who is a ` +
        'member of segl_owner and segl_system.',
      { cause },
    )
  }
}

/** Tables with a tenant that row-level security does not close. */
export async function unprotectedTables(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(unprotected)
  return rows.map(({ name }) => name)
}

/** Refuses a database user who cannot become what each transaction runs as. @throws SeglError ROLES_MISSING */
export async function assertRoles(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ missing: string }>(
    `select wanted as missing from unnest(array['segl_app', 'segl_system']) as wanted
     where to_regrole(wanted) is null or not pg_has_role(current_user, to_regrole(wanted), 'set')`,
  )
  if (rows.length === 0) return
  const missing = rows.map((row) => row.missing).join(', ')
  throw new SeglError(
    'ROLES_MISSING',
    `The database user may not act as ${missing}. Run \`segl migrate\`, or GRANT ${missing} to it.`,
  )
}

/** Roles belong to the whole server: two databases that are migrated at once may meet there ("tuple concurrently updated"). */
async function patiently(work: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await work()
      return
    } catch (error) {
      if (attempt === 4 || !/concurrently/.test(words(error))) throw error
      await new Promise((resolve) => setTimeout(resolve, 50 * attempt))
    }
  }
}

const words = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause))
