// GeneralName and DistributionPointName (RFC 5280 4.2.1.6, 4.2.1.13).
import {
  childrenOf,
  contentOf,
  contextConstructedTag,
  contextTag,
  type Element,
  explicit,
  readString,
  Tag,
  toHex,
} from '../der/index.ts'
import { type Name, readName } from './names.ts'

export type GeneralName =
  | { readonly kind: 'email' | 'dns' | 'uri'; readonly value: string }
  | { readonly kind: 'ip'; readonly octets: Uint8Array }
  | { readonly kind: 'directory'; readonly name: Name }
  /** A form that nothing here interprets, by its identifier octet. */
  | { readonly kind: 'other'; readonly tag: number; readonly hex: string }

export function readGeneralName(element: Element): GeneralName {
  switch (element.tag) {
    case contextTag(1):
      return { kind: 'email', value: readString(element, Tag.ia5String) }
    case contextTag(2):
      return { kind: 'dns', value: readString(element, Tag.ia5String) }
    case contextTag(6):
      return { kind: 'uri', value: readString(element, Tag.ia5String) }
    case contextTag(7):
      return { kind: 'ip', octets: contentOf(element) }
    case contextConstructedTag(4):
      return { kind: 'directory', name: readName(explicit(element, 'directoryName')) }
    default:
      return { kind: 'other', tag: element.tag, hex: toHex(contentOf(element)) }
  }
}

/** The names of a GeneralNames, whatever tag it has. */
export const readGeneralNames = (element: Element): GeneralName[] => childrenOf(element).map(readGeneralName)

/** The URIs among the full names of a DistributionPointName; relative names are not used by anybody. */
export function distributionPointUris(distributionPoint: Element): string[] {
  const fullName = explicit(distributionPoint, 'DistributionPointName')
  if (fullName.tag !== contextConstructedTag(0)) return []
  return readGeneralNames(fullName).flatMap((name) => (name.kind === 'uri' ? [name.value] : []))
}
