// Every sentence that a person reads on the island's pages, in bokmål, nynorsk and English.

export const languages = ['nb', 'nn', 'en'] as const
export type Language = (typeof languages)[number]

/** The first language of a list like `nn nb` (OIDC ui_locales) or `nn-NO,nn;q=0.9` (Accept-Language) that we speak. */
export const languageFrom = (wishes: string | undefined): Language => {
  for (const wish of (wishes ?? '').split(/[\s,]+/)) {
    const primary = wish.split(/[-;]/)[0]?.toLowerCase()
    if (primary === 'no') return 'nb'
    const found = languages.find((language) => language === primary)
    if (found) return found
  }
  return 'nb'
}

const nb = {
  brand: 'SimBankID',
  simulated: 'SIMULERT. Dette er ikke BankID, og en signatur herfra er ikke juridisk bindende.',
  loginTitle: 'Logg inn',
  approveTitle: 'Signer',
  forClient: (name: string) => `Du er på vei til ${name}`,
  number: 'Fødselsnummer',
  numberHelp: '11 siffer. Bare syntetiske numre (måned + 80).',
  code: 'Engangskode',
  codeHelp: 'Seks siffer fra kodebrikken.',
  whereDevice: 'Vis kodebrikken (simulert)',
  password: 'Personlig passord',
  passwordHelp: 'Passordet du valgte til BankID-en din.',
  next: 'Neste',
  login: 'Logg inn',
  approve: 'Signer',
  cancel: 'Avbryt',
  step: (now: number, all: number) => `Steg ${now} av ${all}`,
  approveIntro: (client: string, count: number) =>
    count === 1
      ? `${client} ber deg signere dette dokumentet. Skriv passordet ditt for å signere.`
      : `${client} ber deg signere disse ${count} dokumentene. Skriv passordet ditt for å signere alle.`,
  document: 'Dokument',
  hash: (algorithm: string) => `Verdien som signeres (${algorithm})`,
  signingAs: 'Du signerer som',
  whatHappens: 'En nøkkel som bare finnes for denne ene signeringen, blir brukt én gang og deretter slettet.',
  wrongNumber:
    'Vi kjenner ikke dette fødselsnummeret. Det må være ett av de syntetiske numrene på siden med kodebrikker.',
  wrongCode: (left: number) => `Koden er feil. ${left} forsøk igjen.`,
  usedCode: 'Koden er allerede brukt. Hent en ny fra kodebrikken.',
  wrongPassword: (left: number) => `Passordet er feil. ${left} forsøk igjen.`,
  locked: 'BankID-en er sperret etter for mange feil. Lås den opp på siden med kodebrikker, eller avbryt.',
  revoked: 'Denne BankID-en er trukket tilbake av banken og kan ikke brukes.',
  underAge: 'Du må være fylt 18 år for å signere.',
  otherPerson:
    'Denne signeringen tilhører en annen person. Bruk den samme BankID-en som da du logget inn, eller avbryt.',
  expiredTitle: 'Økten er utløpt',
  expired:
    'Det har gått for lang tid, eller siden er allerede brukt. Gå tilbake til tjenesten du kom fra og prøv igjen.',
  errorTitle: 'Noe gikk galt',
  error: 'Tjenesten du kom fra har sendt en forespørsel vi ikke kan svare på.',
  signOutTitle: 'Logg ut',
  signOut: 'Vil du logge ut av SimBankID?',
  signedOut: 'Du er logget ut.',
  devicesTitle: 'Kodebrikker',
  devicesIntro:
    'De simulerte personene. Alle har det samme passordet. En kode virker én gang; last siden på nytt for å se den neste.',
  name: 'Navn',
  role: 'Rolle',
  status: 'Status',
  open: 'Åpen',
  lockedShort: 'Sperret',
  revokedShort: 'Trukket tilbake',
  unlock: 'Lås opp',
  refresh: 'Vis nye koder',
  roles: {
    chairman: 'Styreleder',
    member: 'Styremedlem',
    generalManager: 'Daglig leder',
    auditor: 'Revisor',
    contractPartyA: 'Avtalepart A',
    contractPartyB: 'Avtalepart B',
    attestant: 'Attestant',
    approver: 'Anviser',
    deputy: 'Varamedlem (kodebrikke etter klokken)',
    stranger: 'Utenforstående',
    minor: 'Mindreårig',
    revoked: 'BankID trukket tilbake',
  } as Record<string, string>,
}

export type Texts = typeof nb

const nn: Texts = {
  ...nb,
  simulated: 'SIMULERT. Dette er ikkje BankID, og ein signatur herifrå er ikkje juridisk bindande.',
  forClient: (name) => `Du er på veg til ${name}`,
  numberHelp: '11 siffer. Berre syntetiske nummer (månad + 80).',
  code: 'Eingongskode',
  codeHelp: 'Seks siffer frå kodebrikka.',
  whereDevice: 'Vis kodebrikka (simulert)',
  password: 'Personleg passord',
  passwordHelp: 'Passordet du valde til BankID-en din.',
  next: 'Neste',
  step: (now, all) => `Steg ${now} av ${all}`,
  approveIntro: (client, count) =>
    count === 1
      ? `${client} bed deg signere dette dokumentet. Skriv passordet ditt for å signere.`
      : `${client} bed deg signere desse ${count} dokumenta. Skriv passordet ditt for å signere alle.`,
  hash: (algorithm) => `Verdien som blir signert (${algorithm})`,
  whatHappens: 'Ein nøkkel som berre finst for denne eine signeringa, blir brukt éin gong og deretter sletta.',
  wrongNumber:
    'Vi kjenner ikkje dette fødselsnummeret. Det må vere eitt av dei syntetiske numra på sida med kodebrikker.',
  wrongCode: (left) => `Koden er feil. ${left} forsøk att.`,
  usedCode: 'Koden er alt brukt. Hent ein ny frå kodebrikka.',
  wrongPassword: (left) => `Passordet er feil. ${left} forsøk att.`,
  locked: 'BankID-en er sperra etter for mange feil. Lås han opp på sida med kodebrikker, eller avbryt.',
  revoked: 'Denne BankID-en er trekt tilbake av banken og kan ikkje brukast.',
  underAge: 'Du må ha fylt 18 år for å signere.',
  otherPerson:
    'Denne signeringa høyrer til ein annan person. Bruk den same BankID-en som då du logga inn, eller avbryt.',
  expiredTitle: 'Økta er utgått',
  expired: 'Det har gått for lang tid, eller sida er alt brukt. Gå tilbake til tenesta du kom frå og prøv igjen.',
  errorTitle: 'Noko gjekk gale',
  error: 'Tenesta du kom frå har sendt ein førespurnad vi ikkje kan svare på.',
  signOut: 'Vil du logge ut av SimBankID?',
  signedOut: 'Du er logga ut.',
  devicesTitle: 'Kodebrikker',
  devicesIntro:
    'Dei simulerte personane. Alle har det same passordet. Ein kode verkar éin gong; last sida på nytt for å sjå den neste.',
  name: 'Namn',
  role: 'Rolle',
  open: 'Open',
  lockedShort: 'Sperra',
  revokedShort: 'Trekt tilbake',
  refresh: 'Vis nye kodar',
  roles: {
    ...nb.roles,
    chairman: 'Styreleiar',
    generalManager: 'Dagleg leiar',
    contractPartyA: 'Avtalepart A',
    approver: 'Tilvisar',
    stranger: 'Utanforståande',
    deputy: 'Varamedlem (kodebrikke etter klokka)',
    minor: 'Mindreårig',
    revoked: 'BankID trekt tilbake',
  },
}

const en: Texts = {
  brand: 'SimBankID',
  simulated: 'SIMULATED. This is not BankID, and a signature made here is not legally binding.',
  loginTitle: 'Log in',
  approveTitle: 'Sign',
  forClient: (name) => `You are on your way to ${name}`,
  number: 'National identity number',
  numberHelp: '11 digits. Synthetic numbers only (month + 80).',
  code: 'One-time code',
  codeHelp: 'Six digits from the code device.',
  whereDevice: 'Show the code device (simulated)',
  password: 'Personal password',
  passwordHelp: 'The password you chose for your BankID.',
  next: 'Next',
  login: 'Log in',
  approve: 'Sign',
  cancel: 'Cancel',
  step: (now, all) => `Step ${now} of ${all}`,
  approveIntro: (client, count) =>
    count === 1
      ? `${client} asks you to sign this document. Enter your password to sign.`
      : `${client} asks you to sign these ${count} documents. Enter your password to sign them all.`,
  document: 'Document',
  hash: (algorithm) => `The value to be signed (${algorithm})`,
  signingAs: 'You are signing as',
  whatHappens: 'A key that exists for this one signing only is used once and then deleted.',
  wrongNumber: 'We do not know this number. It must be one of the synthetic numbers on the page of code devices.',
  wrongCode: (left) => `The code is wrong. ${left} attempts left.`,
  usedCode: 'The code has been used already. Get a new one from the code device.',
  wrongPassword: (left) => `The password is wrong. ${left} attempts left.`,
  locked: 'This BankID is locked after too many errors. Unlock it on the page of code devices, or cancel.',
  revoked: 'This BankID has been withdrawn by its bank and cannot be used.',
  underAge: 'You must be 18 years old to sign.',
  otherPerson: 'This signing belongs to another person. Use the same BankID as when you logged in, or cancel.',
  expiredTitle: 'The session has expired',
  expired: 'Too much time has passed, or this page has been used. Go back to the service you came from and try again.',
  errorTitle: 'Something went wrong',
  error: 'The service you came from has sent a request that we cannot answer.',
  signOutTitle: 'Log out',
  signOut: 'Do you want to log out of SimBankID?',
  signedOut: 'You are logged out.',
  devicesTitle: 'Code devices',
  devicesIntro: 'The simulated people. All have the same password. A code works once; reload the page to see the next.',
  name: 'Name',
  role: 'Role',
  status: 'Status',
  open: 'Open',
  lockedShort: 'Locked',
  revokedShort: 'Withdrawn',
  unlock: 'Unlock',
  refresh: 'Show new codes',
  roles: {
    chairman: 'Chairman',
    member: 'Board member',
    generalManager: 'General manager',
    auditor: 'Auditor',
    contractPartyA: 'Contract party A',
    contractPartyB: 'Contract party B',
    attestant: 'Attestant',
    approver: 'Approver',
    deputy: 'Deputy member (device by the clock)',
    stranger: 'Outsider',
    minor: 'Under age',
    revoked: 'BankID withdrawn',
  },
}

export const texts: Record<Language, Texts> = { nb, nn, en }
