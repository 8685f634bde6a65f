// Certificates that are not DER: some authorities have issued BOOLEANs of 01 and the like, and signed just these bytes. Only for judging
// what others signed; in our own signatures such a certificate counts as unreadable.
import { SeglError } from '../../errors.ts'
import {
  childrenOf,
  contentOf,
  contextConstructedTag,
  type Element,
  encodingOf,
  explicit,
  fromBer,
  malformedDer,
  readDer,
  Tag,
  tlv,
} from '../der/index.ts'
import { type Certificate, parseCertificate } from './certificate.ts'

/**
 * The certificate by its DER, else by its BER; undefined when nobody can read it. What the issuer signed stays as it stands, and
 * so do the bytes by whose digest others name the certificate.
 */
export function parseForeignCertificate(encoding: Uint8Array): Certificate | undefined {
  try {
    return parseCertificate(encoding)
  } catch (error) {
    if (!(error instanceof SeglError)) throw error
  }
  try {
    const { der, original, length, deviations } = fromBer(encoding)
    if (length !== encoding.length) return undefined
    const root = readDer(der)
    const [tbs] = childrenOf(root)
    if (tbs === undefined) return undefined
    const certificate = parseCertificate(withReadableExtensions(root))
    // The issuer signs DER (X.509 6.1): what is not even of definite length can only have been signed as the DER it stands for.
    const isDefinite = !deviations.some((one) => one.startsWith('an indefinite') || one.startsWith('a string in'))
    const own = isDefinite ? { der: encoding, tbsDer: original(tbs) } : { der, tbsDer: encodingOf(tbs) }
    return { ...certificate, ...own, isDer: false }
  } catch (error) {
    if (error instanceof SeglError) return undefined
    throw error
  }
}

/** The certificate with what its extensions wrap written as DER too. */
function withReadableExtensions(certificate: Element): Uint8Array {
  const [tbs, ...rest] = childrenOf(certificate)
  if (tbs === undefined) throw malformedDer(certificate.start, 'The certificate is empty')
  const fields = childrenOf(tbs).map((field) =>
    field.tag === contextConstructedTag(3)
      ? tlv(field.tag, extensionsOf(explicit(field, 'extensions')))
      : encodingOf(field),
  )
  return tlv(Tag.sequence, tlv(Tag.sequence, ...fields), ...rest.map(encodingOf))
}

function extensionsOf(extensions: Element): Uint8Array {
  const items = childrenOf(extensions).map((extension) => {
    const fields = childrenOf(extension).map((field) =>
      field.tag === Tag.octetString ? tlv(Tag.octetString, valueInDer(contentOf(field))) : encodingOf(field),
    )
    return tlv(extension.tag, ...fields)
  })
  return tlv(extensions.tag, ...items)
}

/** A value that is no BER stays as it is: nobody may need to read it. */
function valueInDer(value: Uint8Array): Uint8Array {
  try {
    const { der, length } = fromBer(value)
    return length === value.length ? der : value
  } catch (error) {
    if (error instanceof SeglError) return value
    throw error
  }
}
