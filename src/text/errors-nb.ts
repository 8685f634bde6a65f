// Bokmål: every problem that a person can meet, with what to do next.
import type { PersonErrors } from './problem.ts'

const notYourFault = 'Det er ikke noe du har gjort feil.'
const laterAgain = 'Prøv igjen om noen minutter. Går det fortsatt ikke, si fra til den som sendte deg lenken.'
const nothingSigned = 'Ingenting er signert.'

export const errorsNb: PersonErrors = {
  LINK_VOID: {
    title: 'Lenken gjelder ikke lenger',
    explanation: 'Den er brukt ferdig, trukket tilbake eller byttet ut med en nyere.',
    next: 'Let etter en nyere melding fra avsenderen, eller be om en ny lenke.',
  },
  LINK_INVALID: {
    title: 'Lenken virker ikke',
    explanation: 'Vi finner ingenting som hører til denne lenken. Kanskje mangler en bit av den.',
    next: 'Åpne lenken på nytt fra meldingen du fikk, og pass på at hele lenken er med. Virker den ikke da heller, be avsenderen om en ny.',
  },
  NOT_FOUND: {
    title: 'Her er det ingenting',
    explanation: 'Siden du ba om, finnes ikke.',
    next: 'Åpne lenken i meldingen du fikk fra avsenderen.',
  },
  SESSION_INVALID: {
    title: 'Vi kjenner ikke igjen nettleseren',
    explanation: 'Signeringen ble begynt i en annen nettleser eller et annet vindu, eller så er den for gammel.',
    next: 'Åpne lenken i meldingen du fikk på nytt, og fullfør i samme nettleser. Informasjonskapsler må være tillatt.',
  },
  CEREMONY_CANCELLED: {
    title: 'Du avbrøt hos BankID',
    explanation: nothingSigned,
    next: 'Prøv igjen når du er klar. Vil du ikke signere, kan du avslå.',
  },
  CEREMONY_EXPIRED: {
    title: 'Det tok for lang tid',
    explanation: `Av hensyn til sikkerheten må du bli ferdig hos BankID i løpet av noen minutter. ${nothingSigned}`,
    next: 'Les dokumentene ferdig først, ha BankID klar, og prøv igjen.',
  },
  WRONG_PERSON: {
    title: 'Dokumentet skal signeres av en annen',
    explanation: `Personen som logget inn med BankID, er ikke den lenken er laget for. ${nothingSigned}`,
    next: 'Er lenken til deg, logg inn med din egen BankID. Er den ikke det, gi den ikke videre, men si fra til avsenderen.',
  },
  LEVEL_TOO_LOW: {
    title: 'Innloggingen er ikke sikker nok',
    explanation: `Dette dokumentet krever et høyere sikkerhetsnivå enn måten du logget inn på. ${nothingSigned}`,
    next: 'Prøv igjen, og velg BankID med kodebrikke eller app og passord.',
  },
  METHOD_NOT_ACCEPTED: {
    title: 'Logg inn på en annen måte',
    explanation: `Avsenderen har bestemt hvilke typer BankID som kan brukes her, og dette var ikke en av dem. ${nothingSigned}`,
    next: 'Prøv igjen og velg en annen type BankID, eller spør avsenderen hvilken du skal bruke.',
  },
  NO_SLOT_LEFT: {
    title: 'Det går ikke an å utpeke flere',
    explanation: 'Alle signaturfeltene i dokumentene er delt ut.',
    next: 'Signer selv, eller be avsenderen sende dokumentene på nytt.',
  },
  DELEGATION_NOT_ALLOWED: {
    title: 'Du kan ikke utpeke en annen',
    explanation: 'Avsenderen har ikke åpnet for at en annen kan signere i stedet for deg.',
    next: 'Signer selv, eller be avsenderen utpeke en annen.',
  },
  SUCCESSOR_NOT_ALLOWED: {
    title: 'Denne personen kan ikke signere i stedet for deg',
    explanation:
      'Med denne personen ville oppdraget bryte en regel om hvem som må signere, eller om hvem som ikke kan signere to ganger.',
    next: 'Signer selv, utpek en annen, eller be avsenderen utpeke noen.',
  },
  TOO_MANY_TO_APPROVE: {
    title: 'For mange dokumenter på én gang',
    explanation: 'BankID godkjenner ikke så mange dokumenter om gangen. Ingenting er signert.',
    next: 'Gå tilbake, og velg færre. Resten kan du signere etterpå.',
  },
  DOCUMENT_BUSY: {
    title: 'En annen signerer akkurat nå',
    explanation: 'Signaturene settes inn én om gangen.',
    next: 'Vent et øyeblikk og prøv igjen.',
  },
  FOUR_EYES_SAME_PERSON: {
    title: 'Bilaget trenger to forskjellige personer',
    explanation: `Du er alt med på å attestere eller godkjenne dette bilaget, og samme person kan ikke gjøre begge deler. ${nothingSigned}`,
    next: 'Gi lenken til den som skal gjøre det i ditt sted, eller si fra til avsenderen.',
  },
  STATE_CONFLICT: {
    title: 'Dette kan ikke gjøres nå',
    explanation: 'Signeringen har kommet lenger, eller er avsluttet, siden du åpnet siden.',
    next: 'Gå tilbake til dokumentene for å se hvordan det står til.',
  },
  NOT_SIGNED_YET: {
    title: 'Dokumentet er ikke signert ennå',
    explanation: 'Det signerte dokumentet finnes først når signaturen er satt inn.',
    next: 'Vent et øyeblikk og prøv igjen.',
  },
  INVALID_REQUEST: {
    title: 'Vi forsto ikke det du sendte',
    explanation: `Noe i skjemaet manglet eller var feil. ${nothingSigned}`,
    next: 'Gå tilbake, last siden på nytt og prøv igjen.',
  },
  FORBIDDEN: {
    title: 'Du har ikke tilgang til dette',
    explanation: 'Siden hører til en annen signering.',
    next: 'Åpne lenken i meldingen du fikk fra avsenderen.',
  },
  METHOD_NOT_ALLOWED: {
    title: 'Siden kan ikke åpnes slik',
    explanation: 'Den brukes bare midt i en signering.',
    next: 'Åpne lenken i meldingen du fikk fra avsenderen.',
  },
  RATE_LIMITED: {
    title: 'For mange forsøk',
    explanation: 'Vi har fått veldig mange forespørsler fra deg på kort tid.',
    next: 'Vent et par minutter og prøv igjen.',
  },
  TRUST_SERVICE_UNAVAILABLE: {
    title: 'BankID svarer ikke',
    explanation: `${notYourFault} ${nothingSigned}`,
    next: laterAgain,
  },
  TRUST_SERVICE_REFUSED: {
    title: 'BankID avviste forespørselen',
    explanation: nothingSigned,
    next: 'Prøv igjen. Skjer det samme, kontroller at BankID-en din virker andre steder, og si fra til avsenderen.',
  },
  TRUST_SERVICE_MALFORMED: {
    title: 'BankID svarte noe vi ikke kan stole på',
    explanation: `Derfor stoppet vi. ${nothingSigned} ${notYourFault}`,
    next: laterAgain,
  },
  SIGNATURE_INVALID: {
    title: 'Signaturen holdt ikke mål',
    explanation: `Vi kontrollerer hver signatur før den gjelder, og denne var ikke riktig. Den er forkastet. ${notYourFault}`,
    next: 'Prøv å signere på nytt.',
  },
  SIGNATURE_TOO_LARGE: {
    title: 'Signaturen fikk ikke plass',
    explanation: `Den er forkastet, og dokumentet er som før. ${notYourFault}`,
    next: 'Prøv å signere på nytt.',
  },
  TIMESTAMP_INVALID: {
    title: 'Tidsstempelet holdt ikke mål',
    explanation: `Uten et gyldig tidsstempel gjelder ikke signaturen. Den er forkastet. ${notYourFault}`,
    next: 'Prøv å signere på nytt.',
  },
  TIMESTAMP_TOO_LATE: {
    title: 'Signaturen ble ikke ferdig i tide',
    explanation: `Sertifikatet ditt varte bare noen minutter, og tidsstempelet kom for sent. Signaturen er forkastet. ${notYourFault}`,
    next: 'Prøv å signere på nytt.',
  },
  REVOCATION_DATA_INVALID: {
    title: 'Sertifikatet ditt kunne ikke kontrolleres',
    explanation: `Vi fikk ikke bekreftet at BankID-sertifikatet gjelder. ${notYourFault}`,
    next: laterAgain,
  },
  CERTIFICATE_INVALID: {
    title: 'Sertifikatet ditt kan ikke brukes',
    explanation: `BankID ga et sertifikat som ikke kan brukes til å signere. ${nothingSigned}`,
    next: 'Prøv igjen. Skjer det samme, spør banken din om BankID-en er gyldig.',
  },
  CLOCK_SKEWED: {
    title: 'Signering er stanset for en kort stund',
    explanation: `Klokkene våre går ikke likt, og da kan vi ikke gå god for tidspunktet. ${notYourFault}`,
    next: laterAgain,
  },
  UNAVAILABLE: {
    title: 'Tjenesten svarer ikke akkurat nå',
    explanation: notYourFault,
    next: laterAgain,
  },
  INTERNAL: {
    title: 'Noe gikk galt hos oss',
    explanation: `${notYourFault} Det du har godkjent hos BankID, går ikke tapt.`,
    next: laterAgain,
  },
  NOT_A_PDF: {
    title: 'Filen er ikke en PDF',
    explanation: 'Bare PDF-filer kan signeres.',
    next: 'Lagre eller skriv ut dokumentet som PDF, og last opp på nytt.',
  },
  TRUNCATED: {
    title: 'PDF-en er ikke hel',
    explanation: 'Slutten på filen mangler. Trolig ble opplastingen eller kopieringen avbrutt.',
    next: 'Hent filen på nytt der den ble laget, og last opp igjen.',
  },
  MALFORMED_PDF: {
    title: 'PDF-en er skadet',
    explanation: 'Oppbygningen av filen følger ikke reglene, så ulike programmer kan vise ulike ting.',
    next: 'Lag PDF-en på nytt fra programmet den kommer fra, og last opp igjen.',
  },
  ENCRYPTED: {
    title: 'PDF-en er beskyttet med passord',
    explanation: 'Verken tjenesten eller de som skal signere, kan lese den.',
    next: 'Last opp en kopi uten passord.',
  },
  JAVASCRIPT: {
    title: 'PDF-en inneholder et skript',
    explanation: 'Skript kan endre det dokumentet viser etter at det er signert.',
    next: 'Lagre en kopi uten skript, for eksempel ved å skrive ut til PDF, og last opp den.',
  },
  LAUNCH_ACTION: {
    title: 'PDF-en kan starte programmer',
    explanation: 'Et dokument til signering skal bare kunne leses.',
    next: 'Skriv ut dokumentet til en ny PDF, og last opp den.',
  },
  EXTERNAL_CONTENT: {
    title: 'PDF-en henter innhold fra en annen fil',
    explanation: 'Det som ligger utenfor filen, kan endres etter signeringen.',
    next: 'Skriv ut dokumentet til en ny PDF med alt innholdet i seg, og last opp den.',
  },
  NO_PAGES: {
    title: 'PDF-en har ingen sider',
    explanation: 'Det finnes ingenting å se på, og dermed ingenting å signere.',
    next: 'Eksporter dokumentet på nytt, se at sidene er med, og last opp den nye filen.',
  },
  CONTENT_AMBIGUOUS: {
    title: 'PDF-en vises ulikt i ulike programmer',
    explanation: 'Innholdet på en side er skrevet slik at noen programmer viser noe annet enn andre, eller ingenting.',
    next: 'Skriv ut dokumentet til en ny PDF, se over den, og last opp den.',
  },
  XFA: {
    title: 'PDF-en er et XFA-skjema',
    explanation: 'Innholdet i slike skjemaer lages først når de åpnes, og er ikke likt for alle.',
    next: 'Skriv ut det utfylte skjemaet til PDF, og last opp den.',
  },
  FORM_FIELDS: {
    title: 'PDF-en har felt som kan fylles ut',
    explanation: 'Feltene kan endres etter signeringen.',
    next: 'Lagre en flat kopi, for eksempel ved å skrive ut til PDF, og last opp den.',
  },
  ALREADY_SIGNED: {
    title: 'PDF-en er allerede signert',
    explanation: 'Flere signaturer her kan skade dem som er der fra før.',
    next: 'Last opp det usignerte dokumentet, eller be om at alle signerer samme sted.',
  },
  CHANGES_FORBIDDEN: {
    title: 'En signatur i PDF-en forbyr flere',
    explanation: 'Den som signerte først, låste dokumentet: en ny signatur ville ødelegge den som er der.',
    next: 'Be om en kopi som tillater signaturer, eller last opp det usignerte dokumentet.',
  },
  TAGS_UNREADABLE: {
    title: 'PDF-en lover tilgjengelighet, men strukturen er ødelagt',
    explanation:
      'Strukturtreet i PDF-en kan ikke leses, så løftet om PDF/A eller PDF/UA ville ikke vært sant etter signeringen.',
    next: 'Eksporter PDF-en på nytt fra programmet den kom fra, og last opp den nye filen.',
  },
  NOT_NORMALISABLE: {
    title: 'PDF-en kan ikke skrives om uten tap',
    explanation: 'Noe i PDF-en ville blitt vist annerledes eller gått tapt i en omskrevet kopi.',
    next: 'Skriv dokumentet ut til en ny PDF, og last opp den.',
  },
  HYBRID_XREF: {
    title: 'PDF-en har et dobbelt register',
    explanation: 'Programmer kan lese den ulikt, og noen vil derfor underkjenne signaturene.',
    next: 'Lagre den på nytt som vanlig PDF eller PDF/A, og last opp.',
  },
  TOO_LARGE: {
    title: 'Filen er for stor',
    explanation: 'Den går over grensen for hva tjenesten tar imot.',
    next: 'Del opp dokumentet, eller lagre bildene i lavere oppløsning.',
  },
  BYTES_BEFORE_HEADER: {
    title: 'Det står noe foran PDF-en i filen',
    explanation: 'Filen begynner ikke med PDF-en, og da kan andre programmer ikke kontrollere signaturene.',
    next: 'Last opp PDF-en alene, uten noe foran den.',
  },
  TOO_COMPLEX: {
    title: 'PDF-en er for innviklet',
    explanation: 'Den går over en grense for dybde, antall deler eller utpakket størrelse.',
    next: 'Skriv ut dokumentet til en ny PDF, og last opp den.',
  },
}
