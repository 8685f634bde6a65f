// Nynorsk: what the accounting rules say about an order.
import type { rulesNb } from './rules-nb.ts'

export const rulesNn: typeof rulesNb = {
  boardMissing:
    'Styreleiaren manglar blant underskrivarane. Alle styremedlemmer skal skrive under årsrekneskapen, i føretak utan styre deltakarane.',
  registeredSignatoryMissing: (name, role, date) =>
    `${name} (${role}) manglar blant underskrivarane. Føretaksregisteret sa dette ${date}. Er opplysninga gammal, overstyr regelen og skriv kvifor.`,
  boardQuorum:
    'Alle styremedlemmer og dagleg leiar skal skrive under årsrekneskapen. Det held ikkje at nokre av dei gjer det.',
  generalManagerNotNamed:
    'Dagleg leiar er ikkje blant underskrivarane. Har føretaket dagleg leiar, skal den personen òg skrive under.',
  auditorTooEarly: (name) =>
    `${name} er revisor og må skrive under etter styret og dagleg leiar. Set revisor i gruppa etter.`,
  auditorMissing: 'Revisjonsmeldinga er blant delane, men revisor er ikkje blant underskrivarane.',
  reportTooEarly: (date, today) =>
    `Revisjonsmeldinga er datert ${date}, men styret skriv under tidlegast ${today}. Meldinga kan ikkje vere eldre enn underskrifta til styret.`,
  signingDatePast: (date, today) =>
    `I dokumentet står det at styret skreiv under ${date}. Tidsstempla vil vise ${today} eller seinare.`,
  partsIncomplete: (parts) => `Årsrekneskapen er ikkje heil: ${parts} manglar.`,
  accountsDiffer:
    'Dokumentet gjeld eit anna føretak eller rekneskapsår enn det første. Lag eitt oppdrag for kvar årsrekneskap.',
  fiscalYearNotOver: (date) => `Rekneskapsåret er ikkje slutt før ${date}.`,
  adoptionOverdue: (date) => `Årsrekneskapen skulle vore fastsett seinast ${date}.`,
  adoptionNotSure: (date) =>
    `Årsrekneskapen må fastsetjast seinast ${date}. Set frist før det, slik at alle har skrive under i tide.`,
  filingOverdue: (date) =>
    `Årsrekneskapen skulle vore send til Rekneskapsregisteret seinast ${date}. Forseinkingsgebyret går.`,
  filingNotSure: (date) => `Årsrekneskapen må vere send til Rekneskapsregisteret seinast ${date}. Set frist før det.`,
  notBound: (party, way) => `Dei som signerer for ${party}, kan ikkje forplikte parten. Det trengst ${way}.`,
  notBoundByAny: (party, ...ways) =>
    `Dei som signerer for ${party}, kan ikkje forplikte parten. Det trengst ${ways.join(', eller ')}.`,
  principalUnknown: (name, parties) => `${name} er ikkje blant partane. Partane er ${parties}.`,
  partyWithoutSigner: (party) => `Det er ingen som signerer for ${party}.`,
  attestantMissing: 'Bilaget treng nokon som attesterer (attestant). Ingen i oppdraget er sikker på å gjere det.',
  approverMissing: 'Bilaget treng nokon som godkjenner (approver). Ingen i oppdraget er sikker på å gjere det.',
  samePersonTwice: (name) => `${name} både attesterer og godkjenner. Det må vere to ulike personar.`,
  approvalTooEarly: (name) => `${name} kan godkjenne før bilaget er attestert. Set godkjennaren i gruppa etter.`,
  amountLimitExceeded: (number, amount, currency) =>
    `Bilag ${number} lyder på ${amount} ${currency}, som er meir enn nokon av godkjennarane kan godkjenne.`,
  voucherTwice: (number) =>
    `Bilag ${number} er med to gonger i same serie og år. Høyrer filene ikkje til same bilaget, er det for mange av dei.`,
  voucherDateInFuture: (number, date) => `Bilag ${number} er datert ${date}, som ikkje har vore enno.`,
  authorityWithoutPrincipal: (name) => `${name} signerer med fullmakt, men det står ikkje for kven.`,
  limitOutOfPlace: (name) => `Berre den som godkjenner bilag, har beløpsgrense. ${name} gjer ikkje det her.`,
  anyoneMaySign: (name) => `Kven som helst med lenkja kan signere for ${name}: namnet blir ikkje samanlikna med noko.`,

  binding: (by, count, holders) =>
    `${count === '1' ? `éin med ${by}` : `${count} med ${by} i fellesskap`}${holders === '' ? '' : ` (${holders})`}`,
  authorities: { signatureRight: 'signaturrett', procuration: 'prokura', powerOfAttorney: 'fullmakt' },
  parts: {
    incomeStatement: 'resultatrekneskap',
    balanceSheet: 'balanse',
    cashFlowStatement: 'kontantstraumoppstilling',
    notes: 'notar',
    directorsReport: 'årsmelding',
    auditorsReport: 'revisjonsmelding',
  },
  retention: (years, date) =>
    `Blir oppbevart i ${years} år etter rekneskapsåret, som slutta ${date} (bokføringslova § 13)`,
}
