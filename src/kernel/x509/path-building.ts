// Finds the chains from a certificate to a trust anchor (RFC 4158), at most a few and never in circles.
import { equalBytes } from '../der/index.ts'
import { type Certificate, sameCertificate } from './certificate.ts'
import type { Crypto } from './crypto.ts'
import { canonicalName, sameName } from './names.ts'

/** Real chains have 2 to 5 certificates; more is an attempt to keep us busy. */
const maxLength = 10
const maxPaths = 16
const maxSignatures = 200
const maxNamesakes = 32

export type PathSearch = {
  readonly certificate: Certificate
  readonly candidates: readonly Certificate[]
  readonly trustAnchors: readonly Certificate[]
  readonly crypto: Crypto
}

export type PathsFound = {
  /** Each from the certificate to the anchor, every link's signature verified. */
  readonly paths: readonly (readonly Certificate[])[]
  /** Whether a certificate named its issuer rightly but was not signed with that issuer's key. */
  readonly brokenLink: boolean
}

/** All chains within the bounds; those through issuers with the key that the certificate names come first. */
export async function findPaths(search: PathSearch): Promise<PathsFound> {
  const { certificate, trustAnchors, crypto } = search
  const issuers = byName([...trustAnchors, ...search.candidates])
  const paths: Certificate[][] = []
  let brokenLink = false
  let signatures = 0

  const isAnchor = (one: Certificate) => trustAnchors.some((anchor) => sameCertificate(anchor, one))
  const extend = async (path: readonly Certificate[]): Promise<void> => {
    const last = path.at(-1)
    if (last === undefined || paths.length >= maxPaths) return
    if (isAnchor(last)) {
      paths.push([...path])
      return
    }
    if (path.length >= maxLength) return
    for (const issuer of issuersOf(last, issuers.get(canonicalName(last.issuer)) ?? [])) {
      if (path.some((one) => isSameEntity(one, issuer))) continue
      if (++signatures > maxSignatures) return
      if (await isSignedBy(last, issuer, crypto)) await extend([...path, issuer])
      else brokenLink = true
    }
  }
  await extend([certificate])
  return { paths, brokenLink }
}

export async function isSignedBy(certificate: Certificate, issuer: Certificate, crypto: Crypto): Promise<boolean> {
  const { signatureScheme: scheme, tbsDer: data, signature } = certificate
  return scheme !== undefined && (await crypto.verify({ scheme, spki: issuer.spkiDer, data, signature }))
}

/** The likeliest first: those whose key identifier matches (RFC 4158 3.5.12). */
function issuersOf(certificate: Certificate, namesakes: readonly Certificate[]): Certificate[] {
  const wanted = certificate.authorityKeyIdentifier?.keyIdentifier
  const rank = (issuer: Certificate) =>
    wanted === undefined || issuer.subjectKeyIdentifier === undefined
      ? 1
      : issuer.subjectKeyIdentifier === wanted
        ? 0
        : 2
  return distinct([...namesakes].sort((a, b) => rank(a) - rank(b)).slice(0, maxNamesakes))
}

/** A file may bring thousands of certificates: one look at each, instead of one for each step of each path. */
function byName(certificates: readonly Certificate[]): Map<string, Certificate[]> {
  const named = new Map<string, Certificate[]>()
  for (const certificate of certificates) {
    const name = canonicalName(certificate.subject)
    const namesakes = named.get(name)
    if (namesakes === undefined) named.set(name, [certificate])
    else namesakes.push(certificate)
  }
  return named
}

/** RFC 4158 2.4.2: the same name with the same key twice is a circle. */
function isSameEntity(a: Certificate, b: Certificate): boolean {
  return equalBytes(a.spkiDer, b.spkiDer) && sameName(a.subject, b.subject)
}

function distinct(certificates: readonly Certificate[]): Certificate[] {
  return certificates.filter((one, index) => certificates.findIndex((other) => sameCertificate(one, other)) === index)
}
