// Bokmål: what the accounting rules say about an order.

export const rulesNb = {
  boardMissing:
    'Styrelederen mangler blant underskriverne. Alle styremedlemmer skal undertegne årsregnskapet, i foretak uten styre deltakerne.',
  registeredSignatoryMissing: (name: string, role: string, date: string) =>
    `${name} (${role}) mangler blant underskriverne. Foretaksregisteret sa dette ${date}. Er opplysningen gammel, overstyr regelen og skriv hvorfor.`,
  boardQuorum:
    'Alle styremedlemmer og daglig leder skal undertegne årsregnskapet. Det holder ikke at noen av dem gjør det.',
  generalManagerNotNamed:
    'Ingen daglig leder er blant underskriverne. Har foretaket en, skal vedkommende også undertegne.',
  auditorTooEarly: (name: string) =>
    `${name} er revisor og må undertegne etter styret og daglig leder. Sett revisor i en senere gruppe.`,
  auditorMissing: 'Revisjonsberetningen er en av delene, men ingen revisor er blant underskriverne.',
  reportTooEarly: (date: string, today: string) =>
    `Revisjonsberetningen er datert ${date}, men styret undertegner tidligst ${today}. Beretningen kan ikke være eldre enn styrets underskrift.`,
  signingDatePast: (date: string, today: string) =>
    `I dokumentet står det at styret undertegnet ${date}. Tidsstemplene vil vise ${today} eller senere.`,
  partsIncomplete: (parts: string) => `Årsregnskapet er ikke helt: ${parts} mangler.`,
  accountsDiffer:
    'Dokumentet gjelder et annet foretak eller regnskapsår enn det første. Lag ett oppdrag for hvert årsregnskap.',
  fiscalYearNotOver: (date: string) => `Regnskapsåret er ikke slutt før ${date}.`,
  adoptionOverdue: (date: string) => `Årsregnskapet skulle vært fastsatt senest ${date}.`,
  adoptionNotSure: (date: string) =>
    `Årsregnskapet må fastsettes senest ${date}. Sett en frist som er før det, slik at alle har undertegnet i tide.`,
  filingOverdue: (date: string) =>
    `Årsregnskapet skulle vært sendt til Regnskapsregisteret senest ${date}. Forsinkelsesgebyret løper.`,
  filingNotSure: (date: string) =>
    `Årsregnskapet må være sendt til Regnskapsregisteret senest ${date}. Sett en frist som er før det.`,
  notBound: (party: string, way: string) => `De som signerer for ${party}, kan ikke forplikte den. Det trengs ${way}.`,
  notBoundByAny: (party: string, ...ways: string[]) =>
    `De som signerer for ${party}, kan ikke forplikte den. Det trengs ${ways.join(', eller ')}.`,
  principalUnknown: (name: string, parties: string) => `${name} er ikke en av partene. Partene er ${parties}.`,
  partyWithoutSigner: (party: string) => `Ingen signerer for ${party}.`,
  attestantMissing: 'Bilaget trenger en som attesterer (attestant). Ingen i oppdraget er sikker på å gjøre det.',
  approverMissing: 'Bilaget trenger en som godkjenner (approver). Ingen i oppdraget er sikker på å gjøre det.',
  samePersonTwice: (name: string) => `${name} både attesterer og godkjenner. Det må være to forskjellige personer.`,
  approvalTooEarly: (name: string) =>
    `${name} kan godkjenne før bilaget er attestert. Sett godkjenneren i en senere gruppe.`,
  amountLimitExceeded: (number: string, amount: string, currency: string) =>
    `Bilag ${number} lyder på ${amount} ${currency}, som er mer enn noen av godkjennerne kan godkjenne.`,
  voucherTwice: (number: string) =>
    `Bilag ${number} er med to ganger i samme serie og år. Er det ikke ett bilag i flere filer, er det et som er med for mye.`,
  voucherDateInFuture: (number: string, date: string) => `Bilag ${number} er datert ${date}, som ikke har vært ennå.`,
  authorityWithoutPrincipal: (name: string) => `${name} signerer med fullmakt, men det står ikke for hvem.`,
  limitOutOfPlace: (name: string) =>
    `Bare den som godkjenner et bilag, har en beløpsgrense. ${name} gjør ikke det her.`,
  anyoneMaySign: (name: string) =>
    `Hvem som helst med lenken kan signere for ${name}: navnet blir ikke sammenlignet med noe.`,

  /** How a party is bound: the authority, how many, and of whom when they are named. */
  binding: (by: string, count: string, holders: string) =>
    `${count === '1' ? `én med ${by}` : `${count} med ${by} i fellesskap`}${holders === '' ? '' : ` (${holders})`}`,
  authorities: { signatureRight: 'signaturrett', procuration: 'prokura', powerOfAttorney: 'fullmakt' },
  parts: {
    incomeStatement: 'resultatregnskap',
    balanceSheet: 'balanse',
    cashFlowStatement: 'kontantstrømoppstilling',
    notes: 'noter',
    directorsReport: 'årsberetning',
    auditorsReport: 'revisjonsberetning',
  },
  retention: (years: string, date: string) =>
    `Oppbevares i ${years} år etter regnskapsåret, som sluttet ${date} (bokføringsloven § 13)`,
}
