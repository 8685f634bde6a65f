// Nynorsk: every problem that a person can meet, with what to do next.
import type { PersonErrors } from './problem.ts'

const notYourFault = 'Det er ikkje noko du har gjort feil.'
const laterAgain = 'Prøv igjen om nokre minutt. Går det framleis ikkje, sei frå til den som sende deg lenkja.'
const nothingSigned = 'Ingenting er signert.'

export const errorsNn: PersonErrors = {
  LINK_VOID: {
    title: 'Lenkja gjeld ikkje lenger',
    explanation: 'Ho er brukt ferdig, trekt tilbake eller bytt ut med ei nyare.',
    next: 'Leit etter ei nyare melding frå avsendaren, eller be om ei ny lenkje.',
  },
  LINK_INVALID: {
    title: 'Lenkja verkar ikkje',
    explanation: 'Vi finn ingenting som høyrer til denne lenkja. Kanskje manglar det ein bit av henne.',
    next: 'Opne lenkja på nytt frå meldinga du fekk, og pass på at heile lenkja er med. Verkar ho ikkje då heller, be avsendaren om ei ny.',
  },
  NOT_FOUND: {
    title: 'Her er det ingenting',
    explanation: 'Sida du bad om, finst ikkje.',
    next: 'Opne lenkja i meldinga du fekk frå avsendaren.',
  },
  SESSION_INVALID: {
    title: 'Vi kjenner ikkje att nettlesaren',
    explanation: 'Signeringa vart teken til i ein annan nettlesar eller eit anna vindauge, eller så er ho for gammal.',
    next: 'Opne lenkja i meldinga du fekk på nytt, og fullfør i same nettlesar. Informasjonskapslar må vere tillatne.',
  },
  CEREMONY_CANCELLED: {
    title: 'Du avbraut hos BankID',
    explanation: nothingSigned,
    next: 'Prøv igjen når du er klar. Vil du ikkje signere, kan du avslå.',
  },
  CEREMONY_EXPIRED: {
    title: 'Det tok for lang tid',
    explanation: `Av omsyn til tryggleiken må du bli ferdig hos BankID i løpet av nokre minutt. ${nothingSigned}`,
    next: 'Les dokumenta ferdig først, ha BankID klar, og prøv igjen.',
  },
  WRONG_PERSON: {
    title: 'Dokumentet skal signerast av nokon annan',
    explanation: `Personen som logga inn med BankID, er ikkje den lenkja er laga for. ${nothingSigned}`,
    next: 'Er lenkja til deg, logg inn med din eigen BankID. Er ho ikkje det, gi henne ikkje vidare, men sei frå til avsendaren.',
  },
  LEVEL_TOO_LOW: {
    title: 'Innlogginga er ikkje sikker nok',
    explanation: `Dette dokumentet krev eit høgare tryggleiksnivå enn måten du logga inn på. ${nothingSigned}`,
    next: 'Prøv igjen, og vel BankID med kodebrikke eller app og passord.',
  },
  METHOD_NOT_ACCEPTED: {
    title: 'Logg inn på ein annan måte',
    explanation: `Avsendaren har bestemt kva typar BankID som kan brukast her, og dette var ikkje ein av dei. ${nothingSigned}`,
    next: 'Prøv igjen og vel ein annan type BankID, eller spør avsendaren kva for ein du skal bruke.',
  },
  NO_SLOT_LEFT: {
    title: 'Det går ikkje an å peike ut fleire',
    explanation: 'Alle signaturfelta i dokumenta er delte ut.',
    next: 'Signer sjølv, eller be avsendaren sende dokumenta på nytt.',
  },
  DELEGATION_NOT_ALLOWED: {
    title: 'Du kan ikkje peike ut ein annan',
    explanation: 'Avsendaren har ikkje opna for at ein annan kan signere i staden for deg.',
    next: 'Signer sjølv, eller be avsendaren peike ut ein annan.',
  },
  SUCCESSOR_NOT_ALLOWED: {
    title: 'Denne personen kan ikkje signere i staden for deg',
    explanation:
      'Med denne personen ville oppdraget bryte ein regel om kven som må signere, eller om kven som ikkje kan signere to gonger.',
    next: 'Signer sjølv, peik ut ein annan, eller be avsendaren peike ut nokon.',
  },
  TOO_MANY_TO_APPROVE: {
    title: 'For mange dokument på éin gong',
    explanation: 'BankID godkjenner ikkje så mange dokument om gongen. Ingenting er signert.',
    next: 'Gå tilbake, og vel færre. Resten kan du signere etterpå.',
  },
  DOCUMENT_BUSY: {
    title: 'Nokon annan signerer akkurat no',
    explanation: 'Signaturane blir sette inn éin om gongen.',
    next: 'Vent ein augneblink og prøv igjen.',
  },
  FOUR_EYES_SAME_PERSON: {
    title: 'Bilaget treng to ulike personar',
    explanation: `Du er alt med på å attestere eller godkjenne dette bilaget, og same person kan ikkje gjere begge delar. ${nothingSigned}`,
    next: 'Gje lenka til den som skal gjere det i staden for deg, eller sei frå til avsendaren.',
  },
  STATE_CONFLICT: {
    title: 'Dette kan ikkje gjerast no',
    explanation: 'Signeringa har kome lenger, eller er avslutta, sidan du opna sida.',
    next: 'Gå tilbake til dokumenta for å sjå korleis det står til.',
  },
  NOT_SIGNED_YET: {
    title: 'Dokumentet er ikkje signert enno',
    explanation: 'Det signerte dokumentet finst først når signaturen er sett inn.',
    next: 'Vent ein augneblink og prøv igjen.',
  },
  INVALID_REQUEST: {
    title: 'Vi forstod ikkje det du sende',
    explanation: `Noko i skjemaet mangla eller var feil. ${nothingSigned}`,
    next: 'Gå tilbake, last sida på nytt og prøv igjen.',
  },
  FORBIDDEN: {
    title: 'Du har ikkje tilgang til dette',
    explanation: 'Sida høyrer til ei anna signering.',
    next: 'Opne lenkja i meldinga du fekk frå avsendaren.',
  },
  METHOD_NOT_ALLOWED: {
    title: 'Sida kan ikkje opnast slik',
    explanation: 'Ho blir berre brukt midt i ei signering.',
    next: 'Opne lenkja i meldinga du fekk frå avsendaren.',
  },
  RATE_LIMITED: {
    title: 'For mange forsøk',
    explanation: 'Vi har fått svært mange førespurnader frå deg på kort tid.',
    next: 'Vent eit par minutt og prøv igjen.',
  },
  TRUST_SERVICE_UNAVAILABLE: {
    title: 'BankID svarer ikkje',
    explanation: `${notYourFault} ${nothingSigned}`,
    next: laterAgain,
  },
  TRUST_SERVICE_REFUSED: {
    title: 'BankID avviste førespurnaden',
    explanation: nothingSigned,
    next: 'Prøv igjen. Skjer det same, kontroller at BankID-en din verkar andre stader, og sei frå til avsendaren.',
  },
  TRUST_SERVICE_MALFORMED: {
    title: 'BankID svarte noko vi ikkje kan lite på',
    explanation: `Difor stoppa vi. ${nothingSigned} ${notYourFault}`,
    next: laterAgain,
  },
  SIGNATURE_INVALID: {
    title: 'Signaturen heldt ikkje mål',
    explanation: `Vi kontrollerer kvar signatur før han gjeld, og denne var ikkje rett. Han er forkasta. ${notYourFault}`,
    next: 'Prøv å signere på nytt.',
  },
  SIGNATURE_TOO_LARGE: {
    title: 'Signaturen fekk ikkje plass',
    explanation: `Han er forkasta, og dokumentet er som før. ${notYourFault}`,
    next: 'Prøv å signere på nytt.',
  },
  TIMESTAMP_INVALID: {
    title: 'Tidsstempelet heldt ikkje mål',
    explanation: `Utan eit gyldig tidsstempel gjeld ikkje signaturen. Han er forkasta. ${notYourFault}`,
    next: 'Prøv å signere på nytt.',
  },
  TIMESTAMP_TOO_LATE: {
    title: 'Signaturen vart ikkje ferdig i tide',
    explanation: `Sertifikatet ditt varte berre nokre minutt, og tidsstempelet kom for seint. Signaturen er forkasta. ${notYourFault}`,
    next: 'Prøv å signere på nytt.',
  },
  REVOCATION_DATA_INVALID: {
    title: 'Sertifikatet ditt kunne ikkje kontrollerast',
    explanation: `Vi fekk ikkje stadfesta at BankID-sertifikatet gjeld. ${notYourFault}`,
    next: laterAgain,
  },
  CERTIFICATE_INVALID: {
    title: 'Sertifikatet ditt kan ikkje brukast',
    explanation: `BankID gav eit sertifikat som ikkje kan brukast til å signere. ${nothingSigned}`,
    next: 'Prøv igjen. Skjer det same, spør banken din om BankID-en er gyldig.',
  },
  CLOCK_SKEWED: {
    title: 'Signering er stansa for ei kort stund',
    explanation: `Klokkene våre går ikkje likt, og då kan vi ikkje gå god for tidspunktet. ${notYourFault}`,
    next: laterAgain,
  },
  UNAVAILABLE: {
    title: 'Tenesta svarer ikkje akkurat no',
    explanation: notYourFault,
    next: laterAgain,
  },
  INTERNAL: {
    title: 'Noko gjekk gale hos oss',
    explanation: `${notYourFault} Det du har godkjent hos BankID, går ikkje tapt.`,
    next: laterAgain,
  },
  NOT_A_PDF: {
    title: 'Fila er ikkje ein PDF',
    explanation: 'Berre PDF-filer kan signerast.',
    next: 'Lagre eller skriv ut dokumentet som PDF, og last opp på nytt.',
  },
  TRUNCATED: {
    title: 'PDF-en er ikkje heil',
    explanation: 'Slutten på fila manglar. Truleg vart opplastinga eller kopieringa avbroten.',
    next: 'Hent fila på nytt der ho vart laga, og last opp igjen.',
  },
  MALFORMED_PDF: {
    title: 'PDF-en er skadd',
    explanation: 'Oppbygginga av fila følgjer ikkje reglane, så ulike program kan vise ulike ting.',
    next: 'Lag PDF-en på nytt frå programmet han kjem frå, og last opp igjen.',
  },
  ENCRYPTED: {
    title: 'PDF-en er verna med passord',
    explanation: 'Korkje tenesta eller dei som skal signere, kan lese han.',
    next: 'Last opp ein kopi utan passord.',
  },
  JAVASCRIPT: {
    title: 'PDF-en inneheld eit skript',
    explanation: 'Skript kan endre det dokumentet viser etter at det er signert.',
    next: 'Lagre ein kopi utan skript, til dømes ved å skrive ut til PDF, og last opp den.',
  },
  LAUNCH_ACTION: {
    title: 'PDF-en kan starte program',
    explanation: 'Eit dokument til signering skal berre kunne lesast.',
    next: 'Skriv ut dokumentet til ein ny PDF, og last opp den.',
  },
  EXTERNAL_CONTENT: {
    title: 'PDF-en hentar innhald frå ei anna fil',
    explanation: 'Det som ligg utanfor fila, kan endrast etter signeringa.',
    next: 'Skriv ut dokumentet til ein ny PDF med alt innhaldet i seg, og last opp den.',
  },
  NO_PAGES: {
    title: 'PDF-en har ingen sider',
    explanation: 'Det finst ingenting å sjå på, og dermed ingenting å signere.',
    next: 'Eksporter dokumentet på nytt, sjå at sidene er med, og last opp den nye fila.',
  },
  CONTENT_AMBIGUOUS: {
    title: 'PDF-en blir vist ulikt i ulike program',
    explanation: 'Innhaldet på ei side er skrive slik at nokre program viser noko anna enn andre, eller ingenting.',
    next: 'Skriv ut dokumentet til ein ny PDF, sjå over den, og last opp den.',
  },
  XFA: {
    title: 'PDF-en er eit XFA-skjema',
    explanation: 'Innhaldet i slike skjema blir først laga når dei blir opna, og er ikkje likt for alle.',
    next: 'Skriv ut det utfylte skjemaet til PDF, og last opp den.',
  },
  FORM_FIELDS: {
    title: 'PDF-en har felt som kan fyllast ut',
    explanation: 'Felta kan endrast etter signeringa.',
    next: 'Lagre ein flat kopi, til dømes ved å skrive ut til PDF, og last opp den.',
  },
  ALREADY_SIGNED: {
    title: 'PDF-en er allereie signert',
    explanation: 'Fleire signaturar her kan skade dei som er der frå før.',
    next: 'Last opp det usignerte dokumentet, eller be om at alle signerer same stad.',
  },
  CHANGES_FORBIDDEN: {
    title: 'Ein signatur i PDF-en forbyr fleire',
    explanation: 'Den som signerte først, låste dokumentet: ein ny signatur ville øydeleggje den som er der.',
    next: 'Be om ein kopi som tillèt signaturar, eller last opp det usignerte dokumentet.',
  },
  TAGS_UNREADABLE: {
    title: 'PDF-en lovar tilgjenge, men strukturen er øydelagd',
    explanation:
      'Strukturtreet i PDF-en kan ikkje lesast, så lovnaden om PDF/A eller PDF/UA ville ikkje vore sann etter signeringa.',
    next: 'Eksporter PDF-en på nytt frå programmet han kom frå, og last opp den nye fila.',
  },
  NOT_NORMALISABLE: {
    title: 'PDF-en kan ikkje skrivast om utan tap',
    explanation: 'Noko i PDF-en ville blitt vist annleis eller gått tapt i ein omskriven kopi.',
    next: 'Skriv dokumentet ut til ein ny PDF, og last opp den.',
  },
  HYBRID_XREF: {
    title: 'PDF-en har eit dobbelt register',
    explanation: 'Program kan lese han ulikt, og nokre vil difor underkjenne signaturane.',
    next: 'Lagre han på nytt som vanleg PDF eller PDF/A, og last opp.',
  },
  TOO_LARGE: {
    title: 'Fila er for stor',
    explanation: 'Ho går over grensa for kva tenesta tek imot.',
    next: 'Del opp dokumentet, eller lagre bileta med lågare oppløysing.',
  },
  BYTES_BEFORE_HEADER: {
    title: 'Det står noko framfor PDF-en i fila',
    explanation: 'Fila byrjar ikkje med PDF-en, og då kan andre program ikkje kontrollere signaturane.',
    next: 'Last opp PDF-en åleine, utan noko framfor han.',
  },
  TOO_COMPLEX: {
    title: 'PDF-en er for innfløkt',
    explanation: 'Han går over ei grense for djupn, talet på delar eller utpakka storleik.',
    next: 'Skriv ut dokumentet til ein ny PDF, og last opp den.',
  },
}
