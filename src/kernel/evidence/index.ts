// Evidence: what makes a trail provable without us.
export { canonicalJson } from './canonical-json.ts'
export { type ChainedEvent, type ChainFault, chainFault, chainHash, commitment, genesis } from './hash-chain.ts'
