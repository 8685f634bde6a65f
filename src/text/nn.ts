// Nynorsk.
import { errorsNn } from './errors-nn.ts'
import { languageNames } from './language.ts'
import type { Catalogue } from './nb.ts'
import { rulesNn } from './rules-nn.ts'
import { trailNn } from './trail-nn.ts'

const documents = (count: number) => (count === 1 ? 'eitt dokument' : `${count} dokument`)
const pages = (count: number) => (count === 1 ? '1 side' : `${count} sider`)

export const nn: Catalogue = {
  languageName: languageNames.nn,

  simulated: {
    label: 'SIMULERT',
    short: 'Simulert BankID – utan rettsleg verknad',
    notice:
      'Dette er ei simulering. BankID er ikkje den ekte tenesta, og signaturane er rettsleg korkje kvalifiserte eller avanserte elektroniske signaturar.',
  },

  kinds: { annualAccounts: 'Årsrekneskap', contract: 'Avtale', voucher: 'Bilag' },
  levels: { substantial: 'betydeleg', high: 'høgt' },
  outcomes: { completed: 'Fullført', declined: 'Avslått', cancelled: 'Avbroten', expired: 'Gått ut' },

  trail: trailNn,
  errors: errorsNn,
  rules: rulesNn,

  page: {
    skipToContent: 'Hopp til innhaldet',
    chooseLanguage: 'Språk',
    tryAgain: 'Prøv igjen',
    checkAgain: 'Sjekk på nytt',
    backToDocuments: 'Tilbake til dokumenta',
    refreshesItself: 'Sida oppdaterer seg sjølv. Du treng ikkje gjere noko.',
    whatNow: 'Kva gjer eg no?',
    reference: (id) => `Oppgi referansen ${id} om du spør nokon om hjelp.`,
    errorCode: (code) => `Feilkode: ${code}`,
    document: 'Dokument',
    documents: 'Dokument',
    organisation: 'Verksemd',
    organisationNumber: (number) => `Org.nr. ${number}`,
    pages,
    fingerprint: 'Fingeravtrykk (SHA-256)',
    annex: 'Vedlegg – skal ikkje signerast',
    open: 'Opne',
    openDocument: (title) => `Opne «${title}» (PDF)`,
    opensInNewTab: 'blir opna i ny fane',
    deadline: (time) => `Frist: ${time}`,
  },

  start: {
    title: 'Dokument til signering',
    lead: (organisation, count) => `${organisation} ber deg lese og signere ${documents(count)}.`,
    leadWithoutOrganisation: (count) => `Du er beden om å lese og signere ${documents(count)}.`,
    howItWorks: 'Slik går det føre seg',
    steps: [
      { title: 'Les', text: 'Opne kvart dokument og les det. Det er nøyaktig desse filene du signerer.' },
      { title: 'Logg inn med BankID', text: 'Du går til BankID for å vise kven du er, og kjem tilbake hit.' },
      {
        title: 'Godkjenn',
        text: 'BankID viser namn og fingeravtrykk for kvart dokument. Først når du godkjenner der, har du signert.',
      },
    ],
    fingerprintHelp:
      'Fingeravtrykket er likt for alle som signerer, og BankID viser det same. Blir fila endra, blir fingeravtrykket eit anna.',
    sign: 'Les og signer med BankID',
    signHint: 'Du signerer ikkje enno. Du kan avbryte heilt til du har godkjent hos BankID.',
    decline: 'Avslå å signere',
    declineHelp: (organisation) =>
      `Vil du ikkje signere, kan du avslå. ${organisation} får vite det, og signeringa stoppar for alle.`,
    declineReason: 'Kvifor avslår du? (valfritt)',
    declineReasonHelp:
      'Grunngjevinga blir send til avsendaren. Skriv ikkje fødselsnummer eller andre sensitive opplysningar.',
    declineConfirm: 'Avslå',
    theSender: 'Avsendaren',
  },

  delegate: {
    title: 'Lat ein annan signere i staden for deg',
    help: (organisation) =>
      `Du kan peike ut ein annan som skal signere i staden for deg. Lenkja di sluttar å verke, og ${organisation} får melding. Den nye må logge inn med BankID som den du oppgir.`,
    name: 'Fullt namn',
    birthDate: 'Fødselsdato',
    email: 'E-post (valfritt)',
    confirm: 'Peik ut denne personen',
  },

  waiting: {
    title: 'Vent litt',
    named: (name) => `${name} signerer det same dokumentet akkurat no.`,
    unnamed: 'Nokon annan signerer det same dokumentet akkurat no.',
    explanation:
      'Signaturane blir sette inn éin om gongen, slik at ingen av dei skader dei andre. Du kjem automatisk vidare når det er din tur.',
    longest: (minutes) => `Det tek høgst ${minutes} minutt.`,
  },

  later: {
    title: 'Det er ikkje din tur enno',
    explanation:
      'Nokon andre skal signere før deg. Du får melding når det er din tur, og kan trygt late att denne sida.',
    notOpenTitle: 'Signeringa er ikkje opna enno',
    notOpen:
      'Dokumenta er ikkje klare til å signerast enno. Du kan trygt late att denne sida og opne lenkja igjen seinare.',
    opens: (time) => `Opnar: ${time}`,
    progress: (signed, total) => `${signed} av ${total} har signert.`,
  },

  processing: {
    title: 'Signaturen blir sett inn',
    explanation: 'Du har godkjent hos BankID. No set vi signaturen inn i dokumentet og kontrollerer han.',
    keepOpen: 'Det tek vanlegvis nokre sekund. Lèt du att sida, blir signaturen sett inn likevel.',
  },

  done: {
    title: 'Du har signert',
    summary: (count) => `Signaturen din er sett inn i ${documents(count)}.`,
    receipt: 'Kvittering',
    signedBy: 'Signert av',
    role: 'Rolle',
    onBehalfOf: 'På vegner av',
    signedAt: 'Tidspunkt',
    method: 'Innlogging',
    methodValue: (level) => `BankID (SIMULERT), tryggleiksnivå ${level}`,
    orderReference: 'Referanse',
    othersRemain: (count) => (count === 1 ? 'Éin person til skal signere.' : `${count} personar til skal signere.`),
    allSigned: 'Alle har signert.',
    download: 'Last ned dokumentet med signaturen din',
    downloadUnsealed: 'Last ned dokumentet med signaturen din, enno ikkje forsegla',
    stopped:
      'Signaturen din er teken vare på, men dokumentet kunne ikkje fullførast. Avsendaren må sjå på det. Du treng ikkje gjere noko.',
    next: (host) => `Gå vidare til ${host}`,
    nextAutomatically: (host, seconds) => `Du blir send vidare til ${host} om ${seconds} sekund.`,
    canClose: 'Du kan late att denne sida.',
  },

  declined: {
    title: 'Du har avslått å signere',
    explanation: (organisation) => `${organisation} har fått melding. Dokumenta er ikkje signerte av deg.`,
    reason: 'Grunngjevinga di',
    mistake: 'Var det ein feil? Be avsendaren sende dokumenta på nytt.',
  },

  awaiting: {
    title: 'Avsendaren må stadfeste kven som signerer',
    explanation: (sender) =>
      `Den som logga inn med denne lenkja, heiter noko anna i BankID enn det ${sender} oppgav. Ingenting er signert enno.`,
    next: 'Avsendaren har fått beskjed og svarer på om det er rett person. Er det det, opnar du lenkja att og loggar inn på nytt. Du kan trygt lukke denne sida.',
    urgent: 'Hastar det, eller logga feil person inn, så ta kontakt med avsendaren.',
  },

  stopped: {
    title: 'Signeringa har stansa',
    explanation:
      'Noko gjekk gale som avsendaren må sjå på. Du treng ikkje gjere noko no: Lenkja di verkar att når det er ordna.',
    urgent: 'Hastar det, så ta kontakt med avsendaren.',
  },

  closed: {
    title: 'Signeringa er avslutta',
    completed: 'Alle har signert, og dokumenta er ferdige.',
    declined: 'Ein av dei som skulle signere, har avslått. Du treng ikkje gjere noko.',
    cancelled: 'Avsendaren har avbrote signeringa. Du treng ikkje gjere noko.',
    expired: 'Fristen er gått ut. Be avsendaren sende dokumenta på nytt om dei framleis skal signerast.',
    notApplicable: 'Mange nok andre har signert, så signaturen din trengst ikkje lenger. Du treng ikkje gjere noko.',
    replaced: 'Ein annan signerer i staden for deg. Du treng ikkje gjere noko.',
  },

  sheet: {
    signatures: 'Signaturar',
    sheetOf: (number, total) => `Signaturark ${number} av ${total}`,
    document: 'Dokument',
    kind: 'Type',
    organisation: 'Verksemd',
    organisationNumber: (number) => `org.nr. ${number}`,
    reference: 'Referanse',
    order: 'Oppdrag',
    pages: 'Omfang',
    pagesValue: pages,
    fingerprint: 'SHA-256',
    fingerprintOf: 'av fila som vart lasta opp',
    about:
      'Dette arket er føydd til dokumentet av signeringstenesta Segl. Sidene framfor er ikkje endra: Fila som vart lasta opp, ligg urørt som starten på denne fila, og fingeravtrykket over kan reknast ut av henne. Kvar signatur under er ein eigen elektronisk signatur (PAdES) med eit sertifikat utferda til den som signerte.',
    fingerprintOfNormalised: 'av fila etter normalisering',
    aboutNormalised:
      'Dette arket er føydd til dokumentet av signeringstenesta Segl. Avsendaren bad om at fila skulle normaliserast: Ho vart skriven på nytt, skjemafelt vart ein del av sidene der dei fanst, og den omskrivne fila ligg urørt som starten på denne fila. Fingeravtrykka over er av henne og av fila som vart lasta opp. Kvar signatur under er ein eigen elektronisk signatur (PAdES) med eit sertifikat utferda til den som signerte.',
    simulatedTitle: 'Simulerte signaturar',
    simulated: 'Signaturane er laga med ein simulert BankID. Rettsleg er dei korkje kvalifiserte eller avanserte.',
    spare: 'Reservefelt',
    fieldDescription: (slot, whose) => `Signaturfelt ${slot}: ${whose}`,
    shownOnPage: (page) => `Signaturen blir vist på side ${page}.`,
    uploadedFile: 'Opplasta fil',
    uploadedFileNote: 'SHA-256 før normalisering',
    onBehalfOf: (name) => `på vegner av ${name}`,
    verify: 'Kontroller signaturane i ein PDF-lesar eller med segl verify.',
    signedWith: 'Signert elektronisk med BankID (SIMULERT)',
    timeInStamp: 'Tidspunkt: sjå tidsstempelet',
    level: (level) => `Tryggleiksnivå ${level}`,
  },

  audit: {
    title: 'Sporingsark',
    subtitle: 'Kven som signerte kva, når og korleis',
    fieldDescription: 'Sporingsark: seglet til organisasjonen, som viser kven som signerte kva, når og korleis',
    normalisedFile: 'Normalisert fil (SHA-256)',
    outcome: 'Resultat',
    originalFile: 'Opplasta fil (SHA-256)',
    revisionFile: 'Signert fil før forsegling (SHA-256)',
    signers: (count) => (count === 1 ? '1 signatur' : `${count} signaturar`),
    notSigned: 'Ikkje signert',
    oslo: 'norsk tid',
    level: (level) => `nivå ${level}`,
    certificate: 'Sertifikat',
    certificates: 'Sertifikat',
    orderedName: (name) => `Oppgitt av avsendaren som ${name}`,
    issuedBy: 'utferda av',
    events: 'Hendingar',
    moreEvents: (count) =>
      count === 1
        ? '… 1 hending til i den maskinlesbare sporinga'
        : `… ${count} hendingar til i den maskinlesbare sporinga`,
    trailHead: 'Siste ledd i hendingskjeda (SHA-256)',
    seal: 'Segl',
    sealText: (organisation) =>
      `Dette arket er utsjånaden til seglet frå ${organisation}. Seglet dekkjer heile dokumentet med alle signaturane; blir noko endra, blir det brote. Hendingane ligg òg maskinlesbart i seglet.`,
    simulated:
      'SIMULERT: Signaturane er laga med ein simulert BankID og er rettsleg korkje kvalifiserte eller avanserte elektroniske signaturar.',
  },
}
