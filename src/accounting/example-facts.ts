// An example as the rules see it, and as the API takes it: one object for tests, documents and openapi.yaml.
import { readMetadata } from './metadata.ts'
import type { OrderExample, OrderFacts } from './order-rule.ts'

/** Ids that documents of examples have in requests: the last digits count from 1. */
export const exampleDocumentId = (index: number): string =>
  `019a0000-0000-7000-8000-${String(index + 1).padStart(12, '0')}`

/** Throws where the metadata of an example is not valid. */
export function factsOf({ today, deadline, metadata, signers, groups, company }: OrderExample): OrderFacts {
  return {
    today,
    ...(deadline !== undefined && { deadline }),
    documents: metadata.map((one, index) => ({
      pointer: `/documents/${index}/id`,
      metadata: readMetadata(one),
      annex: false,
    })),
    signers: signers.map(({ person, group, ...signer }, index) => ({
      ...signer,
      ...person,
      pointer: `/signers/${index}`,
      group: group ?? 1,
    })),
    groups: groups ?? [],
    ...(company && { company }),
  }
}

/** The body of POST /v1/orders that an example stands for, its documents uploaded before. */
export function requestOf({ metadata, signers, groups, deadline }: OrderExample) {
  return {
    title: String(metadata[0]?.['title'] ?? ''),
    documents: metadata.map((_, index) => ({ id: exampleDocumentId(index) })),
    signers,
    ...(groups && { groups }),
    ...(deadline !== undefined && { deadline }),
  }
}
