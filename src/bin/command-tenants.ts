// `segl tenant add` and `segl key add`.
import { parseArgs } from 'node:util'
import { type Scope, scopes, type Tenants, withTenants } from '../compose/tenants.ts'
import { loadStorageConfig } from '../config.ts'
import { SeglError } from '../errors.ts'
import { withDatabase } from './storage.ts'

type Say = (line: string) => void

const inTenants = <T>(work: (tenants: Tenants) => Promise<T>): Promise<T> =>
  withDatabase(loadStorageConfig(), (url) => withTenants(url, work))

export async function addTenant(name: string, organisationNumber: string, say: Say): Promise<number> {
  if (name.trim() === '') throw new SeglError('INVALID_REQUEST', 'A tenant needs a name.')
  const id = await inTenants((tenants) => tenants.add(name.trim(), organisationNumber.replaceAll(' ', '')))
  say(`tenant  ${id}`)
  say(`next    segl key add ${id}`)
  return 0
}

export async function addKey(words: readonly string[], say: Say): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      name: { type: 'string', default: 'key' },
      scope: { type: 'string', multiple: true, default: ['system'] },
      days: { type: 'string' },
      expires: { type: 'string' },
    },
  })
  const [tenant, ...more] = positionals
  if (tenant === undefined || more.length > 0 || !/^[0-9a-f-]{36}$/.test(tenant)) {
    throw new SeglError('INVALID_REQUEST', 'Name one tenant by its id: segl key add TENANT --scope system')
  }
  const wanted = values.scope.flatMap((text) => text.split(',')).map(scopeOf)
  if (values.days !== undefined && values.expires !== undefined) {
    throw new SeglError('INVALID_REQUEST', 'Say when the key ends by --days or by --expires, not by both.')
  }
  const expires =
    values.expires !== undefined ? onDay(values.expires) : values.days === undefined ? undefined : inDays(values.days)
  const key = await inTenants((tenants) => tenants.addKey(tenant, values.name, wanted, expires))
  say(`key     ${key}`)
  say('It is shown this once and stored only as a hash: keep it where your system reads its secrets.')
  return 0
}

function scopeOf(text: string): Scope {
  const found = scopes.find((scope) => scope === text)
  if (found !== undefined) return found
  throw new SeglError('INVALID_REQUEST', `There is no scope "${text}". Choose from ${scopes.join(', ')}.`)
}

/** A day is taken whole: the key ends with it, in UTC. */
function onDay(text: string): Date {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text)
  const time = new Date(day ? `${text}T23:59:59Z` : text)
  // 30 February would become a day in March.
  const exact = day
    ? !Number.isNaN(time.getTime()) && time.toISOString().startsWith(text)
    : /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/.test(text)
  if (exact && time.getTime() > Date.now()) return time
  throw new SeglError(
    'INVALID_REQUEST',
    '--expires must be a day or time to come, such as 2027-06-30 or 2027-06-30T12:00:00Z.',
  )
}

function inDays(text: string): Date {
  const days = Number(text)
  if (!Number.isInteger(days) || days < 1 || days > 3660) {
    throw new SeglError('INVALID_REQUEST', '--days must be a whole number from 1 to 3660.')
  }
  return new Date(Date.now() + days * 86_400_000)
}
