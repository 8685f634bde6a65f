// Signature fields of an order's documents: one per signer and a few more, made once, because a new field would change what is signed.

/** Slots beyond the signers, so that one can be replaced or added without a new field. */
export const spareSlots = 2
export const maximumSlots = 40
