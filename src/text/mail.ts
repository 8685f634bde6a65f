// Mail to signers and senders, in plain text: what it says of the matter is only who asks and what kind of document, never its title.
import type { Language } from './language.ts'

/** What a sender is told of his order. */
type Ended = {
  readonly subject: (what: string) => string
  readonly happened: string
}

export type MailWords = {
  readonly subject: { readonly invited: (from: string) => string; readonly reminded: (from: string) => string }
  readonly somebody: string
  readonly greeting: (name: string) => string
  readonly invited: (from: string, kind: string) => string
  readonly reminded: (from: string, kind: string) => string
  readonly how: string
  readonly deadline: (time: string) => string
  readonly link: string
  readonly careful: string
  readonly unknown: string
  readonly simulated: string
  /** To the sender. `what`: kind of document, and of whom. */
  readonly sender: {
    readonly greeting: string
    readonly what: (kind: string, organisation: string | undefined) => string
    readonly ended: Readonly<Record<'completed' | 'declined' | 'cancelled' | 'expired' | 'failed', Ended>>
    readonly signed: (signed: number, asked: number) => string
    readonly order: (id: string) => string
    readonly more: string
    readonly why: string
  }
}

const nb: MailWords = {
  subject: {
    invited: (from) => `${from} ber om signaturen din`,
    reminded: (from) => `Påminnelse: ${from} venter på signaturen din`,
  },
  somebody: 'En virksomhet',
  greeting: (name) => `Hei, ${name}!`,
  invited: (from, kind) => `${from} ber deg lese og signere: ${kind}.`,
  reminded: (from, kind) => `${from} venter på at du leser og signerer: ${kind}.`,
  how: 'Du leser dokumentene og signerer med BankID, på mobil eller PC. Det tar noen minutter.',
  deadline: (time) => `Frist: ${time}.`,
  link: 'Åpne lenken for å begynne:',
  careful: 'Lenken er din alene. Ikke send den videre.',
  unknown: 'Venter du ikke noe slikt? Spør virksomheten før du signerer, og ikke via adressene i denne e-posten.',
  simulated: 'SIMULERT: BankID er ikke den ekte tjenesten her, og signaturen har ingen rettslig virkning.',
  sender: {
    greeting: 'Hei!',
    what: (kind, organisation) => (organisation ? `${kind} for ${organisation}` : kind),
    ended: {
      completed: {
        subject: (what) => `Ferdig signert: ${what}`,
        happened: 'Signeringen er fullført, og dokumentene er forseglet.',
      },
      declined: {
        subject: (what) => `Avslått: ${what}`,
        happened: 'En av dem som skulle signere, avslo. Signeringen er avsluttet.',
      },
      cancelled: {
        subject: (what) => `Avbrutt: ${what}`,
        happened: 'Oppdraget ble avbrutt av avsenderen. Ingen kan signere lenger.',
      },
      expired: {
        subject: (what) => `Fristen gikk ut: ${what}`,
        happened: 'Fristen gikk ut før alle hadde signert. Ingen kan signere lenger.',
      },
      failed: {
        subject: (what) => `Stanset, noen må se på det: ${what}`,
        happened:
          'Oppdraget står stille fordi noe gikk galt som ikke retter seg selv. Ingenting av det som er signert, har gått tapt.',
      },
    },
    signed: (signed, asked) => `${signed} av ${asked} har signert.`,
    order: (id) => `Oppdrag: ${id}`,
    more: 'Resten står i systemet som sendte oppdraget: hvem som har signert, hva som har hendt, og dokumentene.',
    why: 'Du får denne e-posten fordi oppdraget ble sendt med denne adressen. Den kan ikke besvares.',
  },
}

const nn: MailWords = {
  subject: {
    invited: (from) => `${from} ber om signaturen din`,
    reminded: (from) => `Påminning: ${from} ventar på signaturen din`,
  },
  somebody: 'Ei verksemd',
  greeting: (name) => `Hei, ${name}!`,
  invited: (from, kind) => `${from} ber deg lese og signere: ${kind}.`,
  reminded: (from, kind) => `${from} ventar på at du les og signerer: ${kind}.`,
  how: 'Du les dokumenta og signerer med BankID, på mobil eller PC. Det tek nokre minutt.',
  deadline: (time) => `Frist: ${time}.`,
  link: 'Opne lenkja for å byrje:',
  careful: 'Lenkja er di åleine. Ikkje send ho vidare.',
  unknown: 'Ventar du ikkje noko slikt? Spør verksemda før du signerer, og ikkje via adressene i denne e-posten.',
  simulated: 'SIMULERT: BankID er ikkje den ekte tenesta her, og signaturen har ingen rettsleg verknad.',
  sender: {
    greeting: 'Hei!',
    what: (kind, organisation) => (organisation ? `${kind} for ${organisation}` : kind),
    ended: {
      completed: {
        subject: (what) => `Ferdig signert: ${what}`,
        happened: 'Signeringa er fullført, og dokumenta er forsegla.',
      },
      declined: {
        subject: (what) => `Avslått: ${what}`,
        happened: 'Ein av dei som skulle signere, avslo. Signeringa er avslutta.',
      },
      cancelled: {
        subject: (what) => `Avbrote: ${what}`,
        happened: 'Oppdraget vart avbrote av avsendaren. Ingen kan signere lenger.',
      },
      expired: {
        subject: (what) => `Fristen gjekk ut: ${what}`,
        happened: 'Fristen gjekk ut før alle hadde signert. Ingen kan signere lenger.',
      },
      failed: {
        subject: (what) => `Stansa, nokon må sjå på det: ${what}`,
        happened:
          'Oppdraget står stille fordi noko gjekk gale som ikkje rettar seg sjølv. Ingenting av det som er signert, har gått tapt.',
      },
    },
    signed: (signed, asked) => `${signed} av ${asked} har signert.`,
    order: (id) => `Oppdrag: ${id}`,
    more: 'Resten står i systemet som sende oppdraget: kven som har signert, kva som har hendt, og dokumenta.',
    why: 'Du får denne e-posten fordi oppdraget vart sendt med denne adressa. Du kan ikkje svare på han.',
  },
}

const en: MailWords = {
  subject: {
    invited: (from) => `${from} asks for your signature`,
    reminded: (from) => `Reminder: ${from} is waiting for your signature`,
  },
  somebody: 'An organisation',
  greeting: (name) => `Hello, ${name}!`,
  invited: (from, kind) => `${from} asks you to read and sign: ${kind}.`,
  reminded: (from, kind) => `${from} is waiting for you to read and sign: ${kind}.`,
  how: 'You read the documents and sign with BankID, on a phone or a computer. It takes a few minutes.',
  deadline: (time) => `Deadline: ${time}.`,
  link: 'Open this link to begin:',
  careful: 'The link is yours alone. Do not pass it on.',
  unknown:
    'You do not expect anything like this? Ask the organisation before you sign, and not by an address in this mail.',
  simulated: 'SIMULATED: this is not the real BankID, and the signature has no legal effect.',
  sender: {
    greeting: 'Hello!',
    what: (kind, organisation) => (organisation ? `${kind} of ${organisation}` : kind),
    ended: {
      completed: {
        subject: (what) => `Signed: ${what}`,
        happened: 'Signing is complete, and the documents are sealed.',
      },
      declined: {
        subject: (what) => `Declined: ${what}`,
        happened: 'One of those who were to sign declined. Signing has ended.',
      },
      cancelled: {
        subject: (what) => `Cancelled: ${what}`,
        happened: 'The sender cancelled the order. Nobody can sign any more.',
      },
      expired: {
        subject: (what) => `The deadline passed: ${what}`,
        happened: 'The deadline passed before everybody had signed. Nobody can sign any more.',
      },
      failed: {
        subject: (what) => `Stopped, somebody has to look at it: ${what}`,
        happened:
          'The order stands still because something went wrong that does not mend itself. Nothing that is signed is lost.',
      },
    },
    signed: (signed, asked) => `${signed} of ${asked} signed.`,
    order: (id) => `Order: ${id}`,
    more: 'The rest is in the system that sent the order: who has signed, what happened, and the documents.',
    why: 'You get this mail because the order was sent with this address. It cannot be answered.',
  },
}

const all: Readonly<Record<Language, MailWords>> = { nb, nn, en }

export const mailWords = (language: Language): MailWords => all[language]
