// PEM (RFC 7468): the textual form in which trust anchors and chains are handed over.
import { SeglError } from '../../errors.ts'

const block = /-----BEGIN ([A-Z0-9 ]{1,40})-----([A-Za-z0-9+/=\s]*)-----END \1-----/g

/** The DER of every block with this label, in order of appearance. */
export function readPem(text: string, label: string): Uint8Array[] {
  const found: Uint8Array[] = []
  for (const [, name, body = ''] of text.matchAll(block)) {
    if (name === label) found.push(decodeBase64(body))
  }
  return found
}

/** One block in lines of 64 characters. */
export function writePem(der: Uint8Array, label: string): string {
  let binary = ''
  for (const octet of der) binary += String.fromCharCode(octet)
  const lines = btoa(binary).match(/.{1,64}/g) ?? []
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`
}

/** Base64 with any white space in it, as RFC 7030 bodies and PEM have it. */
export function decodeBase64(text: string): Uint8Array {
  try {
    const binary = atob(text.replace(/\s+/g, ''))
    return Uint8Array.from(binary, (character) => character.charCodeAt(0))
  } catch (cause) {
    throw new SeglError('MALFORMED_DER', 'The Base64 text is not valid. Send it unchanged.', { cause })
  }
}
