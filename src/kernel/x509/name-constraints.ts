// Name constraints (RFC 5280 4.2.1.10 and 6.1.3 (b), (c)): which names a CA may issue for.
import type { Certificate } from './certificate.ts'
import type { NameConstraints } from './extensions.ts'
import type { GeneralName } from './general-names.ts'
import { canonicalRdn, distinguishedName, type Name, nameAttributes } from './names.ts'

/** The constraints of all CAs above a certificate: it must fit each one's permitted names and none of the excluded. */
export type NameConstraintState = readonly NameConstraints[]

/** What is wrong with the certificate's names, as a sentence; undefined when all are allowed. */
export function nameConstraintProblem(certificate: Certificate, state: NameConstraintState): string | undefined {
  if (state.length === 0) return undefined
  for (const name of namesOf(certificate)) {
    for (const { permitted, excluded } of state) {
      const comparable = (base: GeneralName) => kindOf(base) === kindOf(name)
      // RFC 5280 4.2.1.10: a constraint on a form that we cannot process means the certificate is rejected.
      if (name.kind === 'other' && (permitted.some(comparable) || excluded.some(comparable))) {
        return 'A CA above constrains a form of name that is not supported'
      }
      if (excluded.some((base) => comparable(base) && isWithin(name, base, true))) {
        return `The name ${nameText(name)} is excluded by a CA above`
      }
      const allowed = permitted.filter(comparable)
      if (allowed.length > 0 && !allowed.some((base) => isWithin(name, base, false))) {
        return `The name ${nameText(name)} is not among those that a CA above may issue for`
      }
    }
  }
  return undefined
}

function namesOf(certificate: Certificate): GeneralName[] {
  const names: GeneralName[] = [...certificate.subjectAltName]
  if (certificate.subject.rdns.length > 0) names.push({ kind: 'directory', name: certificate.subject })
  if (!names.some(({ kind }) => kind === 'email')) {
    for (const value of nameAttributes(certificate.subject, 'emailAddress')) names.push({ kind: 'email', value })
  }
  return names
}

const kindOf = (name: GeneralName): string => (name.kind === 'other' ? `other ${name.tag}` : name.kind)

/** Whether `name` lies within `base`; what cannot be compared counts as within an exclusion and outside a permission. */
function isWithin(name: GeneralName, base: GeneralName, whenUnclear: boolean): boolean {
  if (name.kind === 'directory' && base.kind === 'directory') return startsWith(name.name, base.name)
  if (name.kind === 'dns' && base.kind === 'dns') {
    const [host, domain] = [name.value.toLowerCase(), base.value.toLowerCase()]
    return domain === '' || host === domain || host.endsWith(domain.startsWith('.') ? domain : `.${domain}`)
  }
  if (name.kind === 'email' && base.kind === 'email') return isMailboxWithin(name.value, base.value)
  if (name.kind === 'uri' && base.kind === 'uri') {
    const host = hostOf(name.value)
    return host === undefined ? whenUnclear : isHostWithin(host, base.value.toLowerCase())
  }
  if (name.kind === 'ip' && base.kind === 'ip') return isAddressWithin(name.octets, base.octets)
  return whenUnclear
}

function startsWith(name: Name, base: Name): boolean {
  return (
    base.rdns.length <= name.rdns.length &&
    base.rdns.every((rdn, index) => canonicalRdn(rdn) === canonicalRdn(name.rdns[index] ?? []))
  )
}

function isMailboxWithin(mailbox: string, base: string): boolean {
  const at = mailbox.lastIndexOf('@')
  const host = mailbox.slice(at + 1).toLowerCase()
  const baseAt = base.lastIndexOf('@')
  if (baseAt < 0) return isHostWithin(host, base.toLowerCase())
  return mailbox.slice(0, at) === base.slice(0, baseAt) && host === base.slice(baseAt + 1).toLowerCase()
}

/** A base with a leading period covers the hosts below it, one without exactly that host. */
function isHostWithin(host: string, base: string): boolean {
  return base === '' || (base.startsWith('.') ? host.endsWith(base) && host !== base : host === base)
}

function hostOf(uri: string): string | undefined {
  const authority = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(uri)?.[1]
  const host = authority?.replace(/^.*@/, '').replace(/:\d*$/, '').toLowerCase()
  // RFC 5280 4.2.1.10: an address instead of a host name cannot be constrained, so it never fits.
  return host === undefined || host === '' || /^(\[.*|[\d.]+)$/.test(host) ? undefined : host
}

function isAddressWithin(address: Uint8Array, base: Uint8Array): boolean {
  if (base.length !== 2 * address.length) return false
  return address.every((octet, i) => (octet & (base[address.length + i] ?? 0)) === (base[i] ?? 0))
}

function nameText(name: GeneralName): string {
  if (name.kind === 'directory') return distinguishedName(name.name)
  if (name.kind === 'ip') return [...name.octets].join('.')
  return name.kind === 'other' ? 'of an unknown form' : name.value
}
