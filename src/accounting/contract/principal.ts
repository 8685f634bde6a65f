// For which party of a contract somebody signs.
import type { SignerFacts } from '../order-rule.ts'
import { sameName } from '../same-name.ts'
import type { Party } from './parties.ts'

const plain = (name: string): string => name.trim().replace(/\s+/gu, ' ').toLocaleLowerCase('nb')

/** The signer names the party as the one he signs for, by its name or its organisation number. */
export const signsOnBehalfOf = ({ onBehalfOf }: SignerFacts, party: Party): boolean =>
  onBehalfOf !== undefined &&
  (plain(onBehalfOf) === plain(party.name) || onBehalfOf.replace(/\s/gu, '') === party.organisationNumber)

/** He is the party, or signs on its behalf. */
export const signsFor = (signer: SignerFacts, party: Party): boolean =>
  signsOnBehalfOf(signer, party) ||
  (signer.onBehalfOf === undefined && party.organisationNumber === undefined && sameName(signer.name, party.name))
