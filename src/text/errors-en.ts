// English: every problem that a person can meet, with what to do next.
import type { PersonErrors } from './problem.ts'

const notYourFault = 'You have done nothing wrong.'
const laterAgain = 'Try again in a few minutes. If it still does not work, tell the person who sent you the link.'
const nothingSigned = 'Nothing has been signed.'

export const errorsEn: PersonErrors = {
  LINK_VOID: {
    title: 'This link is no longer valid',
    explanation: 'It has been used up, withdrawn or replaced by a newer one.',
    next: 'Look for a newer message from the sender, or ask for a new link.',
  },
  LINK_INVALID: {
    title: 'This link does not work',
    explanation: 'We find nothing that belongs to this link. Perhaps a part of it is missing.',
    next: 'Open the link again from the message you got, and make sure the whole link is there. If it still does not work, ask the sender for a new one.',
  },
  NOT_FOUND: {
    title: 'There is nothing here',
    explanation: 'The page you asked for does not exist.',
    next: 'Open the link in the message you got from the sender.',
  },
  SESSION_INVALID: {
    title: 'We do not recognise this browser',
    explanation: 'The signing was begun in another browser or window, or it is too old.',
    next: 'Open the link in your message again and finish in the same browser. Cookies must be allowed.',
  },
  CEREMONY_CANCELLED: {
    title: 'You cancelled at BankID',
    explanation: nothingSigned,
    next: 'Try again when you are ready. If you do not want to sign, you can decline.',
  },
  CEREMONY_EXPIRED: {
    title: 'It took too long',
    explanation: `For security, you have to finish at BankID within a few minutes. ${nothingSigned}`,
    next: 'Finish reading the documents first, have your BankID ready, and try again.',
  },
  WRONG_PERSON: {
    title: 'Somebody else is to sign this document',
    explanation: `The person who logged in with BankID is not the one this link was made for. ${nothingSigned}`,
    next: 'If the link is for you, log in with your own BankID. If it is not, do not pass it on, but tell the sender.',
  },
  LEVEL_TOO_LOW: {
    title: 'The login is not secure enough',
    explanation: `This document needs a higher level of assurance than the way you logged in. ${nothingSigned}`,
    next: 'Try again and choose BankID with code device, or with app and password.',
  },
  METHOD_NOT_ACCEPTED: {
    title: 'Log in in another way',
    explanation: `The sender has decided which kinds of BankID can be used here, and this was not one of them. ${nothingSigned}`,
    next: 'Try again and choose another kind of BankID, or ask the sender which one to use.',
  },
  NO_SLOT_LEFT: {
    title: 'Nobody else can be named any more',
    explanation: 'All the signature fields of the documents have been given to somebody.',
    next: 'Sign yourself, or ask the sender to send the documents again.',
  },
  DELEGATION_NOT_ALLOWED: {
    title: 'You cannot name somebody else',
    explanation: 'The sender has not allowed somebody else to sign in your place.',
    next: 'Sign yourself, or ask the sender to name somebody else.',
  },
  SUCCESSOR_NOT_ALLOWED: {
    title: 'This person cannot sign in your place',
    explanation:
      'With this person the order would break a rule about who has to sign, or about who must not sign twice.',
    next: 'Sign yourself, name somebody else, or ask the sender to name somebody.',
  },
  TOO_MANY_TO_APPROVE: {
    title: 'Too many documents at once',
    explanation: 'BankID does not approve that many documents at a time. Nothing has been signed.',
    next: 'Go back and choose fewer. You can sign the rest afterwards.',
  },
  DOCUMENT_BUSY: {
    title: 'Someone else is signing right now',
    explanation: 'Signatures are put in one at a time.',
    next: 'Wait a moment and try again.',
  },
  FOUR_EYES_SAME_PERSON: {
    title: 'The voucher needs two different people',
    explanation: `You are already part of attesting or approving this voucher, and one person cannot do both. ${nothingSigned}`,
    next: 'Give the link to the one who is to do it instead of you, or tell the sender.',
  },
  STATE_CONFLICT: {
    title: 'This cannot be done now',
    explanation: 'The signing has moved on, or was closed, since you opened the page.',
    next: 'Go back to the documents to see how things stand.',
  },
  NOT_SIGNED_YET: {
    title: 'The document is not signed yet',
    explanation: 'There is a signed document only when the signature is in place.',
    next: 'Wait a moment and try again.',
  },
  INVALID_REQUEST: {
    title: 'We did not understand what you sent',
    explanation: `Something in the form was missing or wrong. ${nothingSigned}`,
    next: 'Go back, reload the page and try again.',
  },
  FORBIDDEN: {
    title: 'You do not have access to this',
    explanation: 'The page belongs to another signing.',
    next: 'Open the link in the message you got from the sender.',
  },
  METHOD_NOT_ALLOWED: {
    title: 'The page cannot be opened like this',
    explanation: 'It is only used in the middle of a signing.',
    next: 'Open the link in the message you got from the sender.',
  },
  RATE_LIMITED: {
    title: 'Too many attempts',
    explanation: 'We have had very many requests from you in a short time.',
    next: 'Wait a couple of minutes and try again.',
  },
  TRUST_SERVICE_UNAVAILABLE: {
    title: 'BankID does not answer',
    explanation: `${notYourFault} ${nothingSigned}`,
    next: laterAgain,
  },
  TRUST_SERVICE_REFUSED: {
    title: 'BankID refused the request',
    explanation: nothingSigned,
    next: 'Try again. If the same thing happens, check that your BankID works elsewhere, and tell the sender.',
  },
  TRUST_SERVICE_MALFORMED: {
    title: 'BankID gave an answer that we cannot trust',
    explanation: `So we stopped. ${nothingSigned} ${notYourFault}`,
    next: laterAgain,
  },
  SIGNATURE_INVALID: {
    title: 'The signature did not pass our check',
    explanation: `We check each signature before it counts, and this one was not right. It has been discarded. ${notYourFault}`,
    next: 'Try to sign again.',
  },
  SIGNATURE_TOO_LARGE: {
    title: 'There was no room for the signature',
    explanation: `It has been discarded, and the document is as before. ${notYourFault}`,
    next: 'Try to sign again.',
  },
  TIMESTAMP_INVALID: {
    title: 'The time-stamp did not pass our check',
    explanation: `Without a valid time-stamp the signature does not count. It has been discarded. ${notYourFault}`,
    next: 'Try to sign again.',
  },
  TIMESTAMP_TOO_LATE: {
    title: 'The signature was not finished in time',
    explanation: `Your certificate lasted only a few minutes, and the time-stamp came too late. The signature has been discarded. ${notYourFault}`,
    next: 'Try to sign again.',
  },
  REVOCATION_DATA_INVALID: {
    title: 'Your certificate could not be checked',
    explanation: `We got no confirmation that the BankID certificate is valid. ${notYourFault}`,
    next: laterAgain,
  },
  CERTIFICATE_INVALID: {
    title: 'Your certificate cannot be used',
    explanation: `BankID gave a certificate that cannot be used for signing. ${nothingSigned}`,
    next: 'Try again. If the same thing happens, ask your bank whether your BankID is valid.',
  },
  CLOCK_SKEWED: {
    title: 'Signing is paused for a short while',
    explanation: `Our clocks disagree, so we cannot vouch for the time. ${notYourFault}`,
    next: laterAgain,
  },
  UNAVAILABLE: {
    title: 'The service does not answer right now',
    explanation: notYourFault,
    next: laterAgain,
  },
  INTERNAL: {
    title: 'Something went wrong on our side',
    explanation: `${notYourFault} What you have approved at BankID is not lost.`,
    next: laterAgain,
  },
  NOT_A_PDF: {
    title: 'The file is not a PDF',
    explanation: 'Only PDF files can be signed.',
    next: 'Save or print the document as PDF and upload it again.',
  },
  TRUNCATED: {
    title: 'The PDF is not complete',
    explanation: 'The end of the file is missing. The upload or the copying was probably cut short.',
    next: 'Get the file again from where it was made, and upload it once more.',
  },
  MALFORMED_PDF: {
    title: 'The PDF is damaged',
    explanation: 'The structure of the file breaks the rules, so different programs may show different things.',
    next: 'Make the PDF again with the program it comes from, and upload it once more.',
  },
  ENCRYPTED: {
    title: 'The PDF is protected by a password',
    explanation: 'Neither the service nor those who are to sign can read it.',
    next: 'Upload a copy without a password.',
  },
  JAVASCRIPT: {
    title: 'The PDF contains a script',
    explanation: 'A script can change what the document shows after it has been signed.',
    next: 'Save a copy without scripts, for example by printing to PDF, and upload that.',
  },
  LAUNCH_ACTION: {
    title: 'The PDF can start programs',
    explanation: 'A document to be signed must only be readable.',
    next: 'Print the document to a new PDF, and upload that.',
  },
  EXTERNAL_CONTENT: {
    title: 'The PDF takes content from another file',
    explanation: 'What lies outside the file can be changed after signing.',
    next: 'Print the document to a new PDF that holds all of its content, and upload that.',
  },
  NO_PAGES: {
    title: 'The PDF has no pages',
    explanation: 'There is nothing to look at, and so nothing to sign.',
    next: 'Export the document again, see that its pages are there, and upload the new file.',
  },
  CONTENT_AMBIGUOUS: {
    title: 'The PDF looks different in different programs',
    explanation: 'The content of a page is written so that some programs show something else than others, or nothing.',
    next: 'Print the document to a new PDF, look it over, and upload that.',
  },
  XFA: {
    title: 'The PDF is an XFA form',
    explanation: 'The content of such forms is made only when they are opened, and is not the same for everyone.',
    next: 'Print the filled-in form to PDF, and upload that.',
  },
  FORM_FIELDS: {
    title: 'The PDF has fields that can be filled in',
    explanation: 'The fields can be changed after signing.',
    next: 'Save a flat copy, for example by printing to PDF, and upload that.',
  },
  ALREADY_SIGNED: {
    title: 'The PDF is already signed',
    explanation: 'More signatures here could harm those that are already there.',
    next: 'Upload the unsigned document, or ask everyone to sign in the same place.',
  },
  CHANGES_FORBIDDEN: {
    title: 'A signature in the PDF forbids further ones',
    explanation: 'Whoever signed it first closed it: a signature added now would break the one that is there.',
    next: 'Ask for a copy that allows signatures, or upload the unsigned document.',
  },
  TAGS_UNREADABLE: {
    title: 'The PDF promises accessibility, but its structure is broken',
    explanation:
      'The structure tree of the PDF cannot be read, so its claim of PDF/A or PDF/UA would not hold after signing.',
    next: 'Export the PDF again from the program it came from, and upload the new file.',
  },
  NOT_NORMALISABLE: {
    title: 'The PDF cannot be rewritten without loss',
    explanation: 'Something in the PDF would be shown differently or get lost in a rewritten copy.',
    next: 'Print the document to a new PDF, and upload that.',
  },
  HYBRID_XREF: {
    title: 'The PDF has a double index',
    explanation: 'Programs may read it differently, and some will therefore reject the signatures.',
    next: 'Save it again as an ordinary PDF or as PDF/A, and upload that.',
  },
  TOO_LARGE: {
    title: 'The file is too large',
    explanation: 'It exceeds the limit of what the service accepts.',
    next: 'Split the document, or save its images at a lower resolution.',
  },
  BYTES_BEFORE_HEADER: {
    title: 'Something stands before the PDF in the file',
    explanation: 'The file does not begin with the PDF, so other programs cannot check its signatures.',
    next: 'Upload the PDF alone, with nothing before it.',
  },
  TOO_COMPLEX: {
    title: 'The PDF is too complex',
    explanation: 'It exceeds a limit on depth, number of parts or unpacked size.',
    next: 'Print the document to a new PDF, and upload that.',
  },
}
