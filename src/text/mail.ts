// Mail to signers, in plain text: what it says of the matter is only who asks and what kind of document, never its title.
import type { Language } from './language.ts'

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
}

const all: Readonly<Record<Language, MailWords>> = { nb, nn, en }

export const mailWords = (language: Language): MailWords => all[language]
