// What the signatures of a file allow to come after them (ISO 32000-2, 12.8.2.2 DocMDP, table 257; 12.7.5.5, table 236).
import { type EmbeddedSignature, isDict } from '../../pdf/index.ts'
import type { Evidence } from '../evidence.ts'

/** The level P that the signature itself sets, by certifying or by what its field locks; undefined when it sets none. */
export function permissionBy({ certification, field }: EmbeddedSignature, { file }: Evidence): number | undefined {
  const lock = file.resolve(field.dict.get('Lock'))
  const locked = isDict(lock) ? file.resolve(lock.get('P')) : undefined
  const levels = [certification, typeof locked === 'number' ? locked : undefined].filter((one) => one !== undefined)
  return levels.length === 0 ? undefined : Math.min(...levels)
}

/** Whether whoever signed `embedded` did so under a certification that lets the form be filled in. */
export function isFillingForeseen(embedded: EmbeddedSignature, evidence: Evidence): boolean {
  const inForce = evidence.embedded.filter(({ covers }) => covers !== undefined && covers <= (embedded.covers ?? -1))
  if (!inForce.some(({ certification }) => certification !== undefined)) return false
  return inForce.every((one) => {
    const level = permissionBy(one, evidence)
    return level === undefined || level === 2 || level === 3
  })
}
