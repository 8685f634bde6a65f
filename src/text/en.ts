// English.
import { errorsEn } from './errors-en.ts'
import { languageNames } from './language.ts'
import type { Catalogue } from './nb.ts'
import { rulesEn } from './rules-en.ts'
import { trailEn } from './trail-en.ts'

const documents = (count: number) => (count === 1 ? 'one document' : `${count} documents`)
const pages = (count: number) => (count === 1 ? '1 page' : `${count} pages`)

export const en: Catalogue = {
  languageName: languageNames.en,

  simulated: {
    label: 'SIMULATED',
    short: 'Simulated BankID – no legal effect',
    notice:
      'This is a simulation. BankID is not the real service, and the signatures are legally neither qualified nor advanced electronic signatures.',
  },

  kinds: { annualAccounts: 'Annual accounts', contract: 'Contract', voucher: 'Voucher' },
  levels: { substantial: 'substantial', high: 'high' },
  outcomes: { completed: 'Completed', declined: 'Declined', cancelled: 'Cancelled', expired: 'Expired' },

  trail: trailEn,
  errors: errorsEn,
  rules: rulesEn,

  page: {
    skipToContent: 'Skip to content',
    chooseLanguage: 'Language',
    tryAgain: 'Try again',
    checkAgain: 'Check again',
    backToDocuments: 'Back to the documents',
    refreshesItself: 'This page updates by itself. You do not need to do anything.',
    whatNow: 'What do I do now?',
    reference: (id) => `Give the reference ${id} if you ask anyone for help.`,
    errorCode: (code) => `Error code: ${code}`,
    document: 'Document',
    documents: 'Documents',
    organisation: 'Organisation',
    organisationNumber: (number) => `Org. no. ${number}`,
    pages,
    fingerprint: 'Fingerprint (SHA-256)',
    annex: 'Annex – not to be signed',
    open: 'Open',
    openDocument: (title) => `Open “${title}” (PDF)`,
    opensInNewTab: 'opens in a new tab',
    deadline: (time) => `Deadline: ${time}`,
  },

  start: {
    title: 'Documents to sign',
    lead: (organisation, count) => `${organisation} asks you to read and sign ${documents(count)}.`,
    leadWithoutOrganisation: (count) => `You are asked to read and sign ${documents(count)}.`,
    howItWorks: 'How it works',
    steps: [
      { title: 'Read', text: 'Open each document and read it. These are exactly the files that you sign.' },
      { title: 'Log in with BankID', text: 'You go to BankID to show who you are, and come back here.' },
      {
        title: 'Approve',
        text: 'BankID shows the name and fingerprint of each document. You have signed only when you approve there.',
      },
    ],
    fingerprintHelp:
      'The fingerprint is the same for everyone who signs, and BankID shows it too. If the file changes, so does the fingerprint.',
    sign: 'Read and sign with BankID',
    signHint: 'You are not signing yet. You can stop at any time until you have approved at BankID.',
    decline: 'Decline to sign',
    declineHelp: (organisation) =>
      `If you do not want to sign, you can decline. ${organisation} will be told, and the signing stops for everyone.`,
    declineReason: 'Why do you decline? (optional)',
    declineReasonHelp:
      'Your reason is sent to the sender. Do not write national identity numbers or other sensitive data.',
    declineConfirm: 'Decline',
    theSender: 'The sender',
  },

  delegate: {
    title: 'Let somebody else sign in your place',
    help: (organisation) =>
      `You can name somebody else who is to sign instead of you. Your link stops working, and ${organisation} is told. The new signer has to log in with BankID as the person you name.`,
    name: 'Full name',
    birthDate: 'Date of birth',
    email: 'E-mail (optional)',
    confirm: 'Name this person',
  },

  waiting: {
    title: 'One moment',
    named: (name) => `${name} is signing the same document right now.`,
    unnamed: 'Someone else is signing the same document right now.',
    explanation:
      'Signatures are put in one at a time, so that none of them harms the others. You continue automatically when it is your turn.',
    longest: (minutes) => `It takes ${minutes} minutes at most.`,
  },

  later: {
    title: 'It is not your turn yet',
    explanation: 'Others sign before you. You will be told when it is your turn and can safely close this page.',
    notOpenTitle: 'The signing is not open yet',
    notOpen:
      'The documents are not ready to be signed yet. You can safely close this page and open the link again later.',
    opens: (time) => `It opens: ${time}`,
    progress: (signed, total) => `${signed} of ${total} have signed.`,
  },

  processing: {
    title: 'Putting your signature in place',
    explanation: 'You have approved at BankID. We are now putting the signature into the document and checking it.',
    keepOpen: 'This usually takes a few seconds. If you close the page, the signature is put in all the same.',
  },

  done: {
    title: 'You have signed',
    summary: (count) => `Your signature is in ${documents(count)}.`,
    receipt: 'Receipt',
    signedBy: 'Signed by',
    role: 'Role',
    onBehalfOf: 'On behalf of',
    signedAt: 'Time',
    method: 'Login',
    methodValue: (level) => `BankID (SIMULATED), level of assurance ${level}`,
    orderReference: 'Reference',
    othersRemain: (count) => (count === 1 ? 'One more person is to sign.' : `${count} more people are to sign.`),
    allSigned: 'Everyone has signed.',
    download: 'Download the document with your signature',
    downloadUnsealed: 'Download the document with your signature, not yet sealed',
    stopped:
      'Your signature is kept, but the document could not be completed. The sender has to look at it. You do not need to do anything.',
    next: (host) => `Continue to ${host}`,
    nextAutomatically: (host, seconds) => `You continue to ${host} in ${seconds} seconds.`,
    canClose: 'You can close this page.',
  },

  declined: {
    title: 'You have declined to sign',
    explanation: (organisation) => `${organisation} has been told. The documents are not signed by you.`,
    reason: 'Your reason',
    mistake: 'Was it a mistake? Ask the sender to send the documents again.',
  },

  awaiting: {
    title: 'The sender has to confirm who signs',
    explanation: (sender) =>
      `Whoever logged in with this link has another name in BankID than ${sender} gave. Nothing has been signed yet.`,
    next: 'The sender has been told, and says whether it is the right person. If it is, open the link again and log in anew. You can safely close this page.',
    urgent: 'If it is urgent, or the wrong person logged in, get in touch with the sender.',
  },

  stopped: {
    title: 'The signing has stopped',
    explanation:
      'Something went wrong that the sender has to look at. You do not need to do anything now: your link works again when it is put right.',
    urgent: 'If it is urgent, get in touch with the sender.',
  },

  closed: {
    title: 'The signing is closed',
    completed: 'Everyone has signed, and the documents are complete.',
    declined: 'One of those who were to sign has declined. You do not need to do anything.',
    cancelled: 'The sender has cancelled the signing. You do not need to do anything.',
    expired: 'The deadline has passed. Ask the sender to send the documents again if they are still to be signed.',
    notApplicable: 'Enough others have signed, so your signature is no longer needed. You do not need to do anything.',
    replaced: 'Somebody else signs in your place. You do not need to do anything.',
  },

  sheet: {
    signatures: 'Signatures',
    sheetOf: (number, total) => `Signature sheet ${number} of ${total}`,
    document: 'Document',
    kind: 'Kind',
    organisation: 'Organisation',
    organisationNumber: (number) => `org. no. ${number}`,
    reference: 'Reference',
    order: 'Order',
    pages: 'Extent',
    pagesValue: pages,
    fingerprint: 'SHA-256',
    fingerprintOf: 'of the uploaded file',
    about:
      'This sheet was appended to the document by the signing service Segl. The pages before it are not changed: the uploaded file lies untouched as the beginning of this file, and the fingerprint above can be computed from it. Each signature below is an electronic signature of its own (PAdES) with a certificate issued to the person who signed.',
    fingerprintOfNormalised: 'of the file after normalising',
    aboutNormalised:
      'This sheet was appended to the document by the signing service Segl. The sender asked for the file to be normalised: it was written anew, form fields became part of its pages where there were any, and the rewritten file lies untouched as the beginning of this file. The fingerprints above are of that and of the uploaded file. Each signature below is an electronic signature of its own (PAdES) with a certificate issued to the person who signed.',
    simulatedTitle: 'Simulated signatures',
    simulated: 'The signatures are made with a simulated BankID. Legally they are neither qualified nor advanced.',
    spare: 'Spare field',
    fieldDescription: (slot, whose) => `Signature field ${slot}: ${whose}`,
    shownOnPage: (page) => `The signature is shown on page ${page}.`,
    uploadedFile: 'Uploaded file',
    uploadedFileNote: 'SHA-256 before normalising',
    onBehalfOf: (name) => `on behalf of ${name}`,
    verify: 'Check the signatures in a PDF reader or with segl verify.',
    signedWith: 'Signed electronically with BankID (SIMULATED)',
    timeInStamp: 'Time: see the time-stamp',
    level: (level) => `Level of assurance: ${level}`,
  },

  audit: {
    title: 'Audit sheet',
    subtitle: 'Who signed what, when and how',
    fieldDescription: 'Audit sheet: the seal of the organisation, which shows who signed what, when and how',
    normalisedFile: 'Normalised file (SHA-256)',
    outcome: 'Outcome',
    originalFile: 'Uploaded file (SHA-256)',
    revisionFile: 'Signed file before sealing (SHA-256)',
    signers: (count) => (count === 1 ? '1 signature' : `${count} signatures`),
    notSigned: 'Not signed',
    oslo: 'Oslo time',
    level: (level) => `level ${level}`,
    certificate: 'Certificate',
    certificates: 'Certificates',
    orderedName: (name) => `Named by the sender as ${name}`,
    issuedBy: 'issued by',
    events: 'Events',
    moreEvents: (count) =>
      count === 1
        ? '… 1 more event in the machine-readable trail'
        : `… ${count} more events in the machine-readable trail`,
    trailHead: 'Last link of the event chain (SHA-256)',
    seal: 'Seal',
    sealText: (organisation) =>
      `This sheet is the appearance of the seal of ${organisation}. The seal covers the whole document with all signatures; any change breaks it. The events are also in the seal in machine-readable form.`,
    simulated:
      'SIMULATED: the signatures are made with a simulated BankID and are legally neither qualified nor advanced electronic signatures.',
  },
}
