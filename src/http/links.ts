// Signing links: secrets that follow from signer and link version, shown only to the system that sends them on.
import type { FastifyRequest } from 'fastify'
import type { Signer } from '../flow/model.ts'
import { callerOf } from './authentication.ts'
import type { HttpDeps } from './deps.ts'
import type { LinkOf } from './views.ts'

type LinkDeps = Pick<HttpDeps, 'publicUrl' | 'ports'>

export const linkOf = ({ publicUrl, ports }: LinkDeps, signer: Pick<Signer, 'id' | 'linkVersion'>): string =>
  `${publicUrl}/sign/${ports.vault.linkToken(signer.id, signer.linkVersion)}`

/** Makes the links that this caller may see; undefined for one who may see none. */
export const linksFor = (deps: LinkDeps, request: FastifyRequest): LinkOf | undefined =>
  callerOf(request).scopes.includes('system') ? (signer) => linkOf(deps, signer) : undefined
