// Made-up data for every page of the ceremony, in one place for tests and for looking at them.
import {
  awaitingPage,
  type ChoiceView,
  choosePage,
  closedPage,
  declinedPage,
  donePage,
  type Frame,
  laterPage,
  problemPage,
  processingPage,
  severalStartPage,
  startPage,
  stoppedPage,
  waitingPage,
} from '../../src/pages/view/index.ts'
import type { Language } from '../../src/text/index.ts'

export const sha = (digit: string) => `${digit}7c3f90a1be52d84`.repeat(4).slice(0, 64)
const time = new Date('2026-11-22T13:03:27Z')
const form = (action: string) => ({ action, csrf: 'csrf-token-of-this-browser' })
const organisation = { name: 'Fjordlys Regnskap AS', number: '987654325' }

export const documents = [
  {
    title: 'Årsregnskap 2025',
    kind: 'annualAccounts' as const,
    role: 'sign' as const,
    pages: 10,
    size: 75_565,
    sha256: sha('a'),
    url: '/sign/documents/1',
  },
  {
    title:
      'Oppdragsavtale om regnskapsføring og årsoppgjør for Ánne Márjá Čáppagiettis Eiendomsforvaltning og Utleie AS',
    kind: 'contract' as const,
    role: 'annex' as const,
    pages: 1,
    size: 1_171_821,
    sha256: sha('b'),
    url: '/sign/documents/2',
  },
]

export const frame = (language: Language): Frame => ({
  language,
  languageUrls: { nb: '/sign?language=nb', nn: '/sign?language=nn', en: '/sign?language=en' },
})

const next = { url: 'https://regnskap.example/retur?outcome=signed', seconds: 8 }
const refresh = { seconds: 3, url: '/sign' }

const choice = (id: string, obstacle: ChoiceView['obstacle'], chosen: boolean, count = 1): ChoiceView => ({
  id,
  title: 'Årsregnskap 2025',
  organisation: organisation.name,
  documents: documents.slice(0, count),
  obstacle,
  chosen,
})

/** Every page by name, in one language. */
export function examplePages(language: Language): Readonly<Record<string, string>> {
  const here = frame(language)
  const problem = (code: string) =>
    problemPage(here, { code, sign: form('/sign/begin'), startUrl: '/sign', requestId: 'req-7f3a' })
  return {
    start: startPage(here, {
      organisation,
      documents,
      deadline: time,
      sign: form('/sign/begin'),
      delegate: form('/sign/delegate'),
      decline: form('/sign/decline'),
    }),
    severalStart: severalStartPage(here, { waiting: 40, signed: 2, sign: form('/sign/begin') }),
    choose: choosePage(here, {
      name: 'Ánne Márjá Čáppagiettis',
      own: [choice('1', null, true, 2)],
      others: [choice('2', null, true), choice('3', 'DOCUMENT_BUSY', false), choice('4', null, false)],
      most: 3,
      sign: form('/sign/choose'),
      only: form('/sign/only'),
    }),
    chooseFromSession: choosePage(here, {
      name: 'Ánne Márjá Čáppagiettis',
      own: [],
      others: [choice('2', null, true), choice('3', 'LEVEL_TOO_LOW', false)],
      most: null,
      sign: form('/sign/choose'),
      only: null,
    }),
    waiting: waitingPage(here, { name: 'Kari', minutes: 5, refresh }),
    later: laterPage(here, {
      notOpen: false,
      opens: null,
      signed: 1,
      total: 3,
      deadline: time,
      refresh: { seconds: 30, url: '/sign' },
    }),
    notOpen: laterPage(here, {
      notOpen: true,
      opens: time,
      signed: 0,
      total: 3,
      deadline: null,
      refresh: { seconds: 60, url: '/sign' },
    }),
    processing: processingPage(here, { refresh }),
    done: donePage(here, {
      documents: documents.map((document) => ({ ...document, signedAt: time })),
      name: 'Ánne Márjá Čáppagiettis',
      role: 'chair',
      onBehalfOf: null,
      signedAt: time,
      level: 'high',
      together: [{ title: 'Bilag 41', sha256: sha('c'), signedAt: time }],
      orderId: '0193f0c2-5b1e-7a44-9c3d-2f6f1f0f8a11',
      remaining: 2,
      stopped: false,
      downloadUrl: '/sign/signed',
      next,
    }),
    declined: declinedPage(here, { organisation: organisation.name, reason: 'Note 7 stemmer ikke.', next }),
    closed: closedPage(here, { outcome: 'cancelled', next: null }),
    awaiting: awaitingPage(here, { organisation, decline: form('/sign/decline'), again: '/sign' }),
    stopped: stoppedPage(here, { url: '/sign' }),
    notNeeded: closedPage(here, { outcome: 'notApplicable', next }),
    replaced: closedPage(here, { outcome: 'replaced', next: null }),
    cancelled: problem('CEREMONY_CANCELLED'),
    wrongPerson: problem('WRONG_PERSON'),
    void: problemPage(here, { code: 'LINK_VOID' }),
    generic: problem('INTERNAL'),
  }
}
