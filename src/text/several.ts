// What a person is told when several documents wait for him at once, in three languages.
import type { Language } from './language.ts'

export type SeveralWords = typeof nb

const nb = {
  startTitle: 'Dokumenter til signering',
  startLead: (count: number) =>
    count === 1 ? 'Ett dokument venter på signaturen din.' : `${count} dokumenter venter på signaturen din.`,
  startPrivacy: 'Av hensyn til personvernet ser du dem først når du har logget inn med BankID.',
  startAlreadySigned: (count: number) => `Du har signert ${count} av dem du fikk lenke til.`,
  logIn: 'Logg inn med BankID',
  title: (count: number) => (count === 1 ? 'Ett dokument venter på deg' : `${count} dokumenter venter på deg`),
  lead: (name: string) =>
    `Du er logget inn som ${name}. Les hvert dokument, og velg hva du signerer nå. BankID spør én gang for alt du velger.`,
  fromLink: 'Fra lenken din',
  others: (count: number) =>
    count === 1 ? 'Ett dokument til venter på deg' : `${count} andre dokumenter venter på deg`,
  include: (title: string) => `Signer «${title}»`,
  includeShort: 'Signer nå',
  documentsInOrder: (count: number) => `${count} dokumenter som signeres samlet`,
  most: (most: number) =>
    `BankID godkjenner høyst ${most} dokumenter om gangen. De andre kan du signere etterpå, med den samme lenken.`,
  leftOut: (count: number) =>
    count === 1 ? 'Ett dokument kan ikke være med nå.' : `${count} dokumenter kan ikke være med nå.`,
  reasons: {
    DOCUMENT_BUSY: 'En annen signerer dette akkurat nå. Du kan signere det etterpå.',
    LEVEL_TOO_LOW: 'Dette krever BankID på høyt nivå. Logg inn på en annen måte for å signere det.',
    FOUR_EYES_SAME_PERSON: 'Du har gjort den andre delen av dette, så en annen må signere.',
  },
  signChosen: 'Signer de valgte med BankID',
  onlyThis: 'Signer bare dokumentet fra lenken min',
  hint: 'Du har ikke signert ennå. BankID viser navnet og fingeravtrykket til hvert dokument før du godkjenner.',
  doneOthers: 'Signert samtidig',
}

const nn: SeveralWords = {
  startTitle: 'Dokument til signering',
  startLead: (count) =>
    count === 1 ? 'Eitt dokument ventar på signaturen din.' : `${count} dokument ventar på signaturen din.`,
  startPrivacy: 'Av omsyn til personvernet ser du dei først når du har logga inn med BankID.',
  startAlreadySigned: (count) => `Du har signert ${count} av dei du fekk lenkje til.`,
  logIn: 'Logg inn med BankID',
  title: (count) => (count === 1 ? 'Eitt dokument ventar på deg' : `${count} dokument ventar på deg`),
  lead: (name) =>
    `Du er logga inn som ${name}. Les kvart dokument, og vel kva du signerer no. BankID spør éin gong for alt du vel.`,
  fromLink: 'Frå lenkja di',
  others: (count) => (count === 1 ? 'Eitt dokument til ventar på deg' : `${count} andre dokument ventar på deg`),
  include: (title) => `Signer «${title}»`,
  includeShort: 'Signer no',
  documentsInOrder: (count) => `${count} dokument som blir signerte samla`,
  most: (most) =>
    `BankID godkjenner høgst ${most} dokument om gongen. Dei andre kan du signere etterpå, med den same lenkja.`,
  leftOut: (count) =>
    count === 1 ? 'Eitt dokument kan ikkje vere med no.' : `${count} dokument kan ikkje vere med no.`,
  reasons: {
    DOCUMENT_BUSY: 'Ein annan signerer dette akkurat no. Du kan signere det etterpå.',
    LEVEL_TOO_LOW: 'Dette krev BankID på høgt nivå. Logg inn på ein annan måte for å signere det.',
    FOUR_EYES_SAME_PERSON: 'Du har gjort den andre delen av dette, så ein annan må signere.',
  },
  signChosen: 'Signer dei valde med BankID',
  onlyThis: 'Signer berre dokumentet frå lenkja mi',
  hint: 'Du har ikkje signert enno. BankID viser namnet og fingeravtrykket til kvart dokument før du godkjenner.',
  doneOthers: 'Signert samtidig',
}

const en: SeveralWords = {
  startTitle: 'Documents to sign',
  startLead: (count) =>
    count === 1 ? 'One document waits for your signature.' : `${count} documents wait for your signature.`,
  startPrivacy: 'To protect your privacy, you see them when you have logged in with BankID.',
  startAlreadySigned: (count) => `You have signed ${count} of those you got a link to.`,
  logIn: 'Log in with BankID',
  title: (count) => (count === 1 ? 'One document waits for you' : `${count} documents wait for you`),
  lead: (name) =>
    `You are logged in as ${name}. Read each document, and choose what you sign now. BankID asks once for all that you choose.`,
  fromLink: 'From your link',
  others: (count) => (count === 1 ? 'One other document waits for you' : `${count} other documents wait for you`),
  include: (title) => `Sign “${title}”`,
  includeShort: 'Sign now',
  documentsInOrder: (count) => `${count} documents that are signed together`,
  most: (most) =>
    `BankID approves at most ${most} documents at a time. You can sign the others afterwards, with the same link.`,
  leftOut: (count) =>
    count === 1 ? 'One document cannot be part of this now.' : `${count} documents cannot be part of this now.`,
  reasons: {
    DOCUMENT_BUSY: 'Someone else is signing this right now. You can sign it afterwards.',
    LEVEL_TOO_LOW: 'This one needs BankID at level high. Log in another way to sign it.',
    FOUR_EYES_SAME_PERSON: 'You did the other part of this, so someone else has to sign.',
  },
  signChosen: 'Sign the chosen ones with BankID',
  onlyThis: 'Sign only the document from my link',
  hint: 'You have not signed yet. BankID shows the name and the fingerprint of each document before you approve.',
  doneOthers: 'Signed at the same time',
}

const words: Readonly<Record<Language, SeveralWords>> = { nb, nn, en }

export const severalWords = (language: Language): SeveralWords => words[language]
