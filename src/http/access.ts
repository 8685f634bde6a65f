// Who may do what: every route of the API with the roles that may call it. The server refuses to start with a route that is
// not here, and test/http/access.test.ts tries each of them as every role of two tenants.
//
//   admin    keys, clients and the tenant's settings; reads no documents
//   system   the accounting system: orders and documents, with the signing links
//   reader   reads what the system reads, but no signing link
//   auditor  reads documents, orders, trail and evidence, but no signing link and nothing of the running of the system
import type { Scope } from '../flow/ports/api-keys.ts'

const admin: readonly Scope[] = ['admin']
const change: readonly Scope[] = ['system']
const read: readonly Scope[] = ['system', 'reader']
const audit: readonly Scope[] = ['system', 'reader', 'auditor']
const settings: readonly Scope[] = ['admin', 'system']

/** Method and path as the route is written, without `/v1`. HEAD is as GET. */
export const access: Readonly<Record<string, readonly Scope[]>> = {
  'POST /documents': change,
  'GET /documents/:id': audit,
  'GET /documents/:id/original': audit,
  'GET /documents/:id/signed': audit,
  'GET /documents/:id/revisions/:number': audit,

  'POST /orders': change,
  'POST /orders/batch': change,
  'POST /orders/check': change,
  'GET /rules': audit,
  'GET /companies/:organisationNumber/signatories': read,
  'POST /signing-sessions': change,
  'POST /test/signers/:id/sign': change,
  'POST /test/signers/:id/decline': change,
  'POST /test/signers/:id/fail': change,
  'POST /test/people/:person/sign-all': change,
  'GET /orders': audit,
  'GET /orders/:id': audit,
  'GET /orders/:id/audit': audit,
  'PATCH /orders/:id': change,
  'POST /orders/:id/activate': change,
  'POST /orders/:id/cancel': change,
  'POST /orders/:id/retry': change,
  'POST /orders/:id/signers/:signer/links': change,
  'POST /orders/:id/signers/:signer/replace': change,
  'POST /orders/:id/signers/:signer/identity': change,

  'GET /orders/:id/storage': [...audit, 'admin'],
  'DELETE /orders/:id': settings,
  'POST /orders/:id/legal-hold': settings,
  'DELETE /orders/:id/legal-hold': settings,
  'POST /orders/:id/signers/:signer/erasure': settings,

  'GET /events': read,
  'GET /consumers': read,
  'PUT /consumers/:name': change,
  'DELETE /consumers/:name': change,
  'POST /consumers/:name/lease': change,
  'POST /consumers/:name/acknowledge': change,
  'POST /webhooks': settings,
  'GET /webhooks': [...settings, 'reader'],
  'GET /webhooks/:id': [...settings, 'reader'],
  'PATCH /webhooks/:id': settings,
  'DELETE /webhooks/:id': settings,
  'GET /webhooks/:id/deliveries': [...settings, 'reader'],
  'POST /webhooks/:id/deliveries/:delivery/redeliver': settings,
  'POST /webhooks/:id/ping': settings,
  'POST /webhooks/:id/replay': settings,
  'POST /webhooks/:id/rotate-secret': settings,

  'GET /keys': admin,
  'POST /keys': admin,
  'POST /keys/:id/rotate': admin,
  'DELETE /keys/:id': admin,
  'GET /clients': admin,
  'POST /clients': admin,
  'PUT /clients/:id/keys': admin,
  'DELETE /clients/:id': admin,
}

/** Roles of which the caller needs one. @throws when the table has no line for the route: the server does not start then */
export function rolesFor(method: string, path: string): readonly Scope[] {
  const found = access[`${method === 'HEAD' ? 'GET' : method} ${path.replace(/^\/v1/, '')}`]
  if (!found) throw new Error(`${method} ${path} has no line in src/http/access.ts: say there who may call it.`)
  return found
}
