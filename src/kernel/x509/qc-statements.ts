// QCStatements (RFC 3739 3.2.6, EN 319 412-5): what the CA declares about a qualified certificate.
import { type Element, enter, itemsOf, readInside, readOid, readString, Tag, take, takeOptional } from '../der/index.ts'
import { qcStatementOids, qcTypes } from './oids.ts'

export type QcStatements = {
  /** Every statement's OID, also those that nothing here interprets. */
  readonly oids: readonly string[]
  /** esi4-qcStatement-1: issued as a qualified certificate. */
  readonly compliance: boolean
  /** esi4-qcStatement-4: the private key lies in a qualified signature creation device. */
  readonly sscd: boolean
  /** esi4-qcStatement-6: `esign`, `eseal`, `web`, or the OID of another type. */
  readonly types: readonly string[]
  /** esi4-qcStatement-7: countries under whose law the certificate is qualified; empty means the EU. */
  readonly legislation: readonly string[]
  /** esi4-qcStatement-5: PKI disclosure statements. */
  readonly pds: readonly { readonly url: string; readonly language: string }[]
}

export function readQcStatements(value: Element): QcStatements {
  const oids: string[] = []
  const types: string[] = []
  const legislation: string[] = []
  const pds: { url: string; language: string }[] = []
  for (const item of itemsOf(readInside(value), 'QCStatements', Tag.sequence, Tag.sequence)) {
    const cursor = enter(item, 'QCStatement')
    const dotted = readOid(take(cursor, Tag.oid, 'statementId'))
    oids.push(dotted)
    const info = takeOptional(cursor, Tag.sequence)
    if (info === undefined) continue
    if (dotted === qcStatementOids.type) types.push(...itemsOf(info, 'QcType', Tag.sequence, Tag.oid).map(typeName))
    if (dotted === qcStatementOids.legislation) {
      legislation.push(...itemsOf(info, 'QcCClegislation', Tag.sequence).map((country) => readString(country)))
    }
    if (dotted === qcStatementOids.pds) {
      for (const location of itemsOf(info, 'QcEuPDS', Tag.sequence, Tag.sequence)) {
        const place = enter(location, 'PdsLocation')
        const url = readString(take(place, Tag.ia5String, 'url'))
        pds.push({ url, language: readString(take(place, Tag.printableString, 'language')) })
      }
    }
  }
  const states = (oid: string) => oids.includes(oid)
  const { compliance, sscd } = qcStatementOids
  return { oids, compliance: states(compliance), sscd: states(sscd), types, legislation, pds }
}

const typeNames: Readonly<Record<string, string>> = qcTypes

function typeName(element: Element): string {
  const dotted = readOid(element)
  return typeNames[dotted] ?? dotted
}
