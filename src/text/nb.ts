// Bokmål, and the shape that the other languages must fill: a string missing there does not compile.
import { errorsNb } from './errors-nb.ts'
import { languageNames } from './language.ts'
import { rulesNb } from './rules-nb.ts'
import { trailNb } from './trail-nb.ts'

const documents = (count: number) => (count === 1 ? 'ett dokument' : `${count} dokumenter`)
const pages = (count: number) => (count === 1 ? '1 side' : `${count} sider`)

export const nb = {
  languageName: languageNames.nb,

  simulated: {
    /** Marks a label, a heading or a box. */
    label: 'SIMULERT',
    short: 'Simulert BankID – ingen rettslig virkning',
    notice:
      'Dette er en simulering. BankID er ikke den ekte tjenesten, og signaturene er rettslig verken kvalifiserte eller avanserte elektroniske signaturer.',
  },

  kinds: { annualAccounts: 'Årsregnskap', contract: 'Avtale', voucher: 'Bilag' },
  levels: { substantial: 'betydelig', high: 'høyt' },
  outcomes: { completed: 'Fullført', declined: 'Avslått', cancelled: 'Avbrutt', expired: 'Utløpt' },

  trail: trailNb,
  errors: errorsNb,
  rules: rulesNb,

  page: {
    skipToContent: 'Hopp til innholdet',
    chooseLanguage: 'Språk',
    tryAgain: 'Prøv igjen',
    checkAgain: 'Sjekk på nytt',
    backToDocuments: 'Tilbake til dokumentene',
    refreshesItself: 'Siden oppdaterer seg selv. Du trenger ikke å gjøre noe.',
    whatNow: 'Hva gjør jeg nå?',
    reference: (id: string) => `Oppgi referansen ${id} hvis du spør noen om hjelp.`,
    errorCode: (code: string) => `Feilkode: ${code}`,
    document: 'Dokument',
    documents: 'Dokumenter',
    organisation: 'Virksomhet',
    organisationNumber: (number: string) => `Org.nr. ${number}`,
    pages,
    fingerprint: 'Fingeravtrykk (SHA-256)',
    annex: 'Vedlegg – signeres ikke',
    open: 'Åpne',
    openDocument: (title: string) => `Åpne «${title}» (PDF)`,
    opensInNewTab: 'åpnes i ny fane',
    deadline: (time: string) => `Frist: ${time}`,
  },

  start: {
    title: 'Dokumenter til signering',
    lead: (organisation: string, count: number) => `${organisation} ber deg lese og signere ${documents(count)}.`,
    leadWithoutOrganisation: (count: number) => `Du er bedt om å lese og signere ${documents(count)}.`,
    howItWorks: 'Slik foregår det',
    steps: [
      { title: 'Les', text: 'Åpne hvert dokument og les det. Det er nøyaktig disse filene du signerer.' },
      { title: 'Logg inn med BankID', text: 'Du går til BankID for å vise hvem du er, og kommer tilbake hit.' },
      {
        title: 'Godkjenn',
        text: 'BankID viser navn og fingeravtrykk for hvert dokument. Først når du godkjenner der, har du signert.',
      },
    ],
    fingerprintHelp:
      'Fingeravtrykket er likt for alle som signerer, og BankID viser det samme. Endres filen, endres fingeravtrykket.',
    sign: 'Les og signer med BankID',
    signHint: 'Du signerer ikke ennå. Du kan avbryte helt til du har godkjent hos BankID.',
    decline: 'Avslå å signere',
    declineHelp: (organisation: string) =>
      `Vil du ikke signere, kan du avslå. ${organisation} får vite det, og signeringen stopper for alle.`,
    declineReason: 'Hvorfor avslår du? (valgfritt)',
    declineReasonHelp:
      'Begrunnelsen blir sendt til avsenderen. Skriv ikke fødselsnummer eller andre følsomme opplysninger.',
    declineConfirm: 'Avslå',
    theSender: 'Avsenderen',
  },

  delegate: {
    title: 'La en annen signere i stedet for deg',
    help: (organisation: string) =>
      `Du kan utpeke en annen som skal signere i stedet for deg. Lenken din slutter å virke, og ${organisation} får beskjed. Den nye må logge inn med BankID som den du oppgir.`,
    name: 'Fullt navn',
    birthDate: 'Fødselsdato',
    email: 'E-post (valgfritt)',
    confirm: 'Utpek denne personen',
  },

  waiting: {
    title: 'Vent litt',
    named: (name: string) => `${name} signerer det samme dokumentet akkurat nå.`,
    unnamed: 'En annen signerer det samme dokumentet akkurat nå.',
    explanation:
      'Signaturene settes inn én om gangen, slik at ingen av dem skader de andre. Du kommer automatisk videre når det er din tur.',
    longest: (minutes: number) => `Det tar høyst ${minutes} minutter.`,
  },

  later: {
    title: 'Det er ikke din tur ennå',
    explanation: 'Noen andre skal signere før deg. Du får beskjed når det er din tur, og kan trygt lukke denne siden.',
    notOpenTitle: 'Signeringen er ikke åpnet ennå',
    notOpen:
      'Dokumentene er ikke klare til å signeres ennå. Du kan trygt lukke denne siden og åpne lenken igjen senere.',
    opens: (time: string) => `Åpner: ${time}`,
    progress: (signed: number, total: number) => `${signed} av ${total} har signert.`,
  },

  processing: {
    title: 'Signaturen settes inn',
    explanation: 'Du har godkjent hos BankID. Nå setter vi signaturen inn i dokumentet og kontrollerer den.',
    keepOpen: 'Det tar vanligvis noen sekunder. Lukker du siden, blir signaturen satt inn likevel.',
  },

  done: {
    title: 'Du har signert',
    summary: (count: number) => `Signaturen din er satt inn i ${documents(count)}.`,
    receipt: 'Kvittering',
    signedBy: 'Signert av',
    role: 'Rolle',
    onBehalfOf: 'På vegne av',
    signedAt: 'Tidspunkt',
    method: 'Innlogging',
    methodValue: (level: string) => `BankID (SIMULERT), sikkerhetsnivå ${level}`,
    orderReference: 'Referanse',
    othersRemain: (count: number) =>
      count === 1 ? 'Én person til skal signere.' : `${count} personer til skal signere.`,
    allSigned: 'Alle har signert.',
    download: 'Last ned dokumentet med signaturen din',
    downloadUnsealed: 'Last ned dokumentet med signaturen din, ennå ikke forseglet',
    stopped:
      'Signaturen din er tatt vare på, men dokumentet kunne ikke fullføres. Avsenderen må se på det. Du trenger ikke å gjøre noe.',
    next: (host: string) => `Gå videre til ${host}`,
    nextAutomatically: (host: string, seconds: number) => `Du sendes videre til ${host} om ${seconds} sekunder.`,
    canClose: 'Du kan lukke denne siden.',
  },

  declined: {
    title: 'Du har avslått å signere',
    explanation: (organisation: string) => `${organisation} har fått beskjed. Dokumentene er ikke signert av deg.`,
    reason: 'Begrunnelsen din',
    mistake: 'Var det en feil? Be avsenderen sende dokumentene på nytt.',
  },

  awaiting: {
    title: 'Avsenderen må bekrefte hvem som signerer',
    explanation: (sender: string) =>
      `Den som logget inn med denne lenken, heter noe annet i BankID enn det ${sender} oppga. Ingenting er signert ennå.`,
    next: 'Avsenderen har fått beskjed og svarer på om det er rett person. Er det det, åpner du lenken igjen og logger inn på nytt. Du kan trygt lukke denne siden.',
    urgent: 'Haster det, eller logget feil person inn, så ta kontakt med avsenderen.',
  },

  stopped: {
    title: 'Signeringen har stanset',
    explanation:
      'Noe gikk galt som avsenderen må se på. Du trenger ikke å gjøre noe nå: Lenken din virker igjen når det er ordnet.',
    urgent: 'Haster det, så ta kontakt med avsenderen.',
  },

  closed: {
    title: 'Signeringen er avsluttet',
    completed: 'Alle har signert, og dokumentene er ferdige.',
    declined: 'En av dem som skulle signere, har avslått. Du trenger ikke å gjøre noe.',
    cancelled: 'Avsenderen har avbrutt signeringen. Du trenger ikke å gjøre noe.',
    expired: 'Fristen er gått ut. Be avsenderen sende dokumentene på nytt hvis de fortsatt skal signeres.',
    notApplicable: 'Mange nok andre har signert, så signaturen din trengs ikke lenger. Du trenger ikke å gjøre noe.',
    replaced: 'En annen signerer i stedet for deg. Du trenger ikke å gjøre noe.',
  },

  sheet: {
    signatures: 'Signaturer',
    sheetOf: (number: number, total: number) => `Signaturark ${number} av ${total}`,
    document: 'Dokument',
    kind: 'Type',
    organisation: 'Virksomhet',
    organisationNumber: (number: string) => `org.nr. ${number}`,
    reference: 'Referanse',
    order: 'Oppdrag',
    pages: 'Omfang',
    pagesValue: pages,
    fingerprint: 'SHA-256',
    fingerprintOf: 'av filen som ble lastet opp',
    about:
      'Dette arket er føyd til dokumentet av signeringstjenesten Segl. Sidene foran er ikke endret: Filen som ble lastet opp, ligger urørt som begynnelsen på denne filen, og fingeravtrykket over kan regnes ut av den. Hver signatur under er en egen elektronisk signatur (PAdES) med et sertifikat utstedt til den som signerte.',
    fingerprintOfNormalised: 'av filen etter normalisering',
    aboutNormalised:
      'Dette arket er føyd til dokumentet av signeringstjenesten Segl. Avsenderen ba om at filen skulle normaliseres: Den ble skrevet på nytt, skjemafelt ble en del av sidene der de fantes, og den omskrevne filen ligger urørt som begynnelsen på denne filen. Fingeravtrykkene over er av den og av filen som ble lastet opp. Hver signatur under er en egen elektronisk signatur (PAdES) med et sertifikat utstedt til den som signerte.',
    simulatedTitle: 'Simulerte signaturer',
    simulated: 'Signaturene er laget med en simulert BankID. Rettslig er de verken kvalifiserte eller avanserte.',
    spare: 'Reservefelt',
    fieldDescription: (slot: number, whose: string) => `Signaturfelt ${slot}: ${whose}`,
    shownOnPage: (page: number) => `Signaturen vises på side ${page}.`,
    uploadedFile: 'Opplastet fil',
    uploadedFileNote: 'SHA-256 før normalisering',
    onBehalfOf: (name: string) => `på vegne av ${name}`,
    verify: 'Kontroller signaturene i en PDF-leser eller med segl verify.',
    signedWith: 'Signert elektronisk med BankID (SIMULERT)',
    /** In the boxes of signatures and seal, which are drawn before it is known. */
    timeInStamp: 'Tidspunkt: se tidsstempelet',
    level: (level: string) => `Sikkerhetsnivå ${level}`,
  },

  audit: {
    title: 'Sporingsark',
    subtitle: 'Hvem som signerte hva, når og hvordan',
    fieldDescription: 'Sporingsark: organisasjonens segl, som viser hvem som signerte hva, når og hvordan',
    normalisedFile: 'Normalisert fil (SHA-256)',
    outcome: 'Resultat',
    originalFile: 'Opplastet fil (SHA-256)',
    revisionFile: 'Signert fil før forsegling (SHA-256)',
    signers: (count: number) => (count === 1 ? '1 signatur' : `${count} signaturer`),
    notSigned: 'Ikke signert',
    oslo: 'norsk tid',
    level: (level: string) => `nivå ${level}`,
    certificate: 'Sertifikat',
    certificates: 'Sertifikater',
    orderedName: (name: string) => `Oppgitt av avsenderen som ${name}`,
    issuedBy: 'utstedt av',
    events: 'Hendelser',
    moreEvents: (count: number) =>
      count === 1
        ? '… 1 hendelse til i den maskinlesbare sporingen'
        : `… ${count} hendelser til i den maskinlesbare sporingen`,
    trailHead: 'Siste ledd i hendelseskjeden (SHA-256)',
    seal: 'Segl',
    sealText: (organisation: string) =>
      `Dette arket er utseendet til seglet fra ${organisation}. Seglet dekker hele dokumentet med alle signaturer; endres noe, brytes det. Hendelsene ligger også maskinlesbart i seglet.`,
    simulated:
      'SIMULERT: Signaturene er laget med en simulert BankID og er rettslig verken kvalifiserte eller avanserte elektroniske signaturer.',
  },
}

/** What every language has to say. */
export type Catalogue = typeof nb
