// The ways to identify oneself: what each proves (acr, amr), which of them a request allows, which it starts with.

export const meansInOrder = ['device', 'app', 'mobile', 'passkey'] as const
export type Means = (typeof meansInOrder)[number]

type Proof = { readonly acr: string; readonly amr: readonly string[]; readonly level: 'high' | 'substantial' }

/** BankID's own values (facts/bankid.md §1.2). */
export const proofOf: Record<Means, Proof> = {
  device: { acr: 'urn:bankid:bid;LOA=4', amr: ['bid'], level: 'high' },
  app: { acr: 'urn:bankid:bid;LOA=4', amr: ['bid'], level: 'high' },
  mobile: { acr: 'urn:bankid:bim;LOA=4', amr: ['bim'], level: 'high' },
  passkey: { acr: 'urn:bankid:bis;LOA=3', amr: ['bis'], level: 'substantial' },
}

export const acrValues = [...new Set(Object.values(proofOf).map(({ acr }) => acr))]

/** `urn:bankid:bid` asks for the kind, `urn:bankid:bid;LOA=4` for the kind at that level. */
const satisfies = (means: Means, wish: string): boolean => {
  const { acr } = proofOf[means]
  return wish === acr || wish === acr.split(';')[0]
}

/**
 * @param acrValues the request's acr_values; empty means that anything will do
 * @param signs whether the login leads to a signature: that needs level high
 */
export const allowedMeans = (wanted: string | undefined, signs: boolean): Means[] => {
  const wishes = (wanted ?? '').split(' ').filter((wish) => wish !== '')
  return meansInOrder.filter(
    (means) =>
      (!signs || proofOf[means].level === 'high') &&
      (wishes.length === 0 || wishes.some((wish) => satisfies(means, wish))),
  )
}

export type Hint = { means: Means | undefined; number?: string; mobile?: string; birth?: string }

const hintedMeans: Record<string, Means> = { BID: 'device', BIM: 'mobile', BIS: 'passkey' }

/** `BID`, `BID:<number>`, `:<number>`, `BIM`, `BIM:<mobile>:<DDMMYY>`, `BIS`: BankID's login_hint. */
export const readHint = (text: string | undefined): Hint => {
  const [kind = '', first, second] = (text ?? '').split(':')
  const means = hintedMeans[kind]
  if (means === 'mobile') return { means, ...(first && { mobile: first }), ...(second && { birth: second }) }
  return { means, ...(first && /^\d{11}$/.test(first) && { number: first }) }
}
