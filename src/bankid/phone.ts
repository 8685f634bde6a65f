// The simulated phone: requests that wait for an answer, with what a person needs to know whom and what he answers.
import { randomBytes, randomInt } from 'node:crypto'
import { type Clock, plusSeconds } from './clock.ts'
import { createShelf, type Shelf } from './state-files.ts'

export type PhoneRequest = {
  id: string
  personId: string
  /** `app`: log in; `mobile`: log in with words and code; `sign`: approve hashes without a page of ours. */
  kind: 'app' | 'mobile' | 'sign'
  /** Who asks. */
  client: string
  /** On the page and on the phone: the same, or somebody else is asking. */
  words?: string
  /** Shown by the phone after approval, typed into the page. */
  code?: string
  documents: { label: string; hash: string }[]
  status: 'pending' | 'approved' | 'rejected'
}

/** Seconds until nobody waits for the answer any more. */
export const phoneTimeout = 180

const firstWords =
  'BLID BRATT BRED DJERV DRØY EDEL FERSK FIN FRISK GILD GRØNN HENDIG JEVN KJAPP KLAR LETT LUN MILD RASK RIKTIG RUND SNAR STERK TRYGG'
const secondWords =
  'ANKER BJØRK BREMME BRO FJELL FJÆRE FLØYTE GAUPE HASSEL HUMLE KOMPASS LERKE LØNN MØLLE NAUST NEVER ORRE PLOG RYPE SKIFER SLEDE TYTTEBÆR VÅR ØRN'

const pick = (words: string): string => {
  const list = words.split(' ')
  return list[randomInt(list.length)] ?? ''
}

const parseRequest = (value: unknown): PhoneRequest => value as PhoneRequest

export type Phone = {
  ask(request: Omit<PhoneRequest, 'id' | 'status' | 'words' | 'code'>): PhoneRequest
  find(id: string): PhoneRequest | undefined
  /** What the phones show: waiting, and approved ones whose code is still to be typed. */
  shown(): PhoneRequest[]
  /** @returns false when there is nothing to answer (any more) */
  answer(id: string, approve: boolean): boolean
  remove(id: string): void
  sweep(): number
}

export const createPhone = (folder: string, clock: Clock): Phone => {
  const shelf: Shelf<PhoneRequest> = createShelf(folder, clock, parseRequest)
  const keep = (request: PhoneRequest): void => shelf.put(request.id, request, plusSeconds(clock(), phoneTimeout))
  return {
    ask(wanted) {
      const request: PhoneRequest = {
        ...wanted,
        id: randomBytes(16).toString('hex'),
        status: 'pending',
        ...(wanted.kind === 'mobile' && {
          words: `${pick(firstWords)} ${pick(secondWords)}`,
          code: String(randomInt(1_000_000)).padStart(6, '0'),
        }),
      }
      keep(request)
      return request
    },
    find: (id) => shelf.get(id),
    shown: () =>
      shelf
        .all()
        .map(({ value }) => value)
        .filter(({ status, kind }) => status === 'pending' || (status === 'approved' && kind === 'mobile')),
    answer(id, approve) {
      const request = shelf.get(id)
      if (request?.status !== 'pending') return false
      keep({ ...request, status: approve ? 'approved' : 'rejected' })
      return true
    },
    remove: (id) => shelf.remove(id),
    sweep: () => shelf.sweep(),
  }
}
