// What the verifier tells a person: verdicts, kinds of signatures, and what no verification can show, in three languages.
import type { Language } from './language.ts'

const en = {
  verdicts: { PASSED: 'PASSED', FAILED: 'FAILED', INDETERMINATE: 'INDETERMINATE' },
  meaning: {
    PASSED: 'Every signature is intact, trusted, and nothing was changed afterwards.',
    FAILED: 'At least one signature does not hold. Do not rely on this file.',
    INDETERMINATE: 'Nothing is proven false, but something needed for a full proof is missing.',
  },
  formApart:
    'What another program signed holds in its cryptography; its form is not PAdES baseline, which is judged apart and proves nothing false.',
  apart: {
    cryptography: {
      PASSED: 'the cryptography holds',
      INDETERMINATE: 'the cryptography cannot be judged in full',
      FAILED: 'the cryptography does not hold',
    },
    form: {
      PASSED: 'the form is PAdES baseline',
      INDETERMINATE: 'the form is not PAdES baseline',
      FAILED: 'the form contradicts itself',
    },
    path: {
      PASSED: 'the certificate is trusted',
      INDETERMINATE: 'whether the certificate is to be trusted is open',
      FAILED: 'the certificate is not to be trusted',
    },
  },
  kinds: { signer: 'Signature', seal: 'Seal', timestamp: 'Document time-stamp' },
  by: 'by',
  earlier: 'from before',
  passedApart:
    'Every signature of this order is intact, trusted, and nothing was changed afterwards. What the document carried before is judged apart.',
  at: 'proven at',
  level: 'level',
  simulated: 'SIMULATED: made with a test BankID; legally neither a qualified nor an advanced signature.',
  upload: 'SHA-256 of the upload',
  file: 'SHA-256 of this file',
  notProven: 'Not proven by this',
  sentences: {
    LEGAL_EFFECT_SIMULATED: 'Any legal effect: the BankID behind these signatures is simulated.',
    AUTHORITY_TO_SIGN: 'That the signers had the right to sign for anybody but themselves.',
    CONTENT_UNDERSTOOD: 'That what the document says is true, or was understood.',
    NO_SIGNATURE: 'Anything: the file carries no signature.',
    TRUST_NOT_GIVEN: 'Who signed: no root was given to trust (--trust ROOT.pem).',
    BYTES_AFTER_LAST_SIGNATURE: 'What was added after the last signature.',
    TIME_NOT_TRUSTED: 'When it was signed: a time-stamp is missing or not trusted.',
    NOT_SEALED: 'That everybody has signed: the order is not closed by a seal.',
    HYBRID_XREF: 'That old readers show the same: the document has two tables of contents (hybrid cross-reference).',
    SAME_CERTIFICATE: 'That different people signed: two signatures were made with the same certificate.',
    EARLIER_SIGNATURES:
      'That the signatures which the document carried before it came here hold in every respect: see each of them.',
  },
}
export type VerificationWords = typeof en

const nb: VerificationWords = {
  verdicts: { PASSED: 'GODKJENT', FAILED: 'UNDERKJENT', INDETERMINATE: 'UAVKLART' },
  meaning: {
    PASSED: 'Alle signaturene er hele og til å stole på, og ingenting er endret etterpå.',
    FAILED: 'Minst én signatur holder ikke. Ikke stol på denne filen.',
    INDETERMINATE: 'Ingenting er vist å være galt, men noe som trengs for fullt bevis, mangler.',
  },
  formApart:
    'Det et annet program har signert, holder kryptografisk; formen er ikke PAdES baseline. Den er vurdert for seg og viser ikke at noe er galt.',
  apart: {
    cryptography: {
      PASSED: 'kryptografien holder',
      INDETERMINATE: 'kryptografien kan ikke vurderes fullt ut',
      FAILED: 'kryptografien holder ikke',
    },
    form: {
      PASSED: 'formen er PAdES baseline',
      INDETERMINATE: 'formen er ikke PAdES baseline',
      FAILED: 'formen motsier seg selv',
    },
    path: {
      PASSED: 'sertifikatet er til å stole på',
      INDETERMINATE: 'om sertifikatet er til å stole på, er åpent',
      FAILED: 'sertifikatet er ikke til å stole på',
    },
  },
  kinds: { signer: 'Signatur', seal: 'Segl', timestamp: 'Dokumenttidsstempel' },
  by: 'av',
  earlier: 'fra før',
  passedApart:
    'Alle signaturene i dette oppdraget er hele og til å stole på, og ingenting er endret etterpå. Det dokumentet hadde fra før, er vurdert for seg.',
  at: 'bevist',
  level: 'nivå',
  simulated: 'SIMULERT: laget med en test-BankID; juridisk verken kvalifisert eller avansert signatur.',
  upload: 'SHA-256 av det opplastede dokumentet',
  file: 'SHA-256 av denne filen',
  notProven: 'Dette beviser ikke',
  sentences: {
    LEGAL_EFFECT_SIMULATED: 'Noen rettsvirkning: BankID-en bak signaturene er simulert.',
    AUTHORITY_TO_SIGN: 'At underskriverne hadde rett til å signere for andre enn seg selv.',
    CONTENT_UNDERSTOOD: 'At det som står i dokumentet, er sant eller ble forstått.',
    NO_SIGNATURE: 'Noe som helst: filen har ingen signatur.',
    TRUST_NOT_GIVEN: 'Hvem som signerte: ingen rot å stole på er oppgitt (--trust ROT.pem).',
    BYTES_AFTER_LAST_SIGNATURE: 'Det som er lagt til etter den siste signaturen.',
    TIME_NOT_TRUSTED: 'Når det ble signert: et tidsstempel mangler eller er ikke til å stole på.',
    NOT_SEALED: 'At alle har signert: oppdraget er ikke avsluttet med et segl.',
    HYBRID_XREF: 'At eldre lesere viser det samme: dokumentet har to innholdstabeller (hybrid kryssreferanse).',
    SAME_CERTIFICATE: 'At ulike personer har signert: to signaturer er laget med samme sertifikat.',
    EARLIER_SIGNATURES: 'At signaturene som dokumentet hadde fra før, holder i alle deler: se hver av dem.',
  },
}

const nn: VerificationWords = {
  verdicts: { PASSED: 'GODKJEND', FAILED: 'UNDERKJEND', INDETERMINATE: 'UAVKLART' },
  meaning: {
    PASSED: 'Alle signaturane er heile og til å stole på, og ingenting er endra etterpå.',
    FAILED: 'Minst éin signatur held ikkje. Ikkje stol på denne fila.',
    INDETERMINATE: 'Ingenting er vist å vere gale, men noko som trengst for fullt bevis, manglar.',
  },
  formApart:
    'Det eit anna program har signert, held kryptografisk; forma er ikkje PAdES baseline. Ho er vurdert for seg og viser ikkje at noko er gale.',
  apart: {
    cryptography: {
      PASSED: 'kryptografien held',
      INDETERMINATE: 'kryptografien kan ikkje vurderast fullt ut',
      FAILED: 'kryptografien held ikkje',
    },
    form: {
      PASSED: 'forma er PAdES baseline',
      INDETERMINATE: 'forma er ikkje PAdES baseline',
      FAILED: 'forma motseier seg sjølv',
    },
    path: {
      PASSED: 'sertifikatet er til å stole på',
      INDETERMINATE: 'om sertifikatet er til å stole på, er ope',
      FAILED: 'sertifikatet er ikkje til å stole på',
    },
  },
  kinds: { signer: 'Signatur', seal: 'Segl', timestamp: 'Dokumenttidsstempel' },
  by: 'av',
  earlier: 'frå før',
  passedApart:
    'Alle signaturane i dette oppdraget er heile og til å stole på, og ingenting er endra etterpå. Det dokumentet hadde frå før, er vurdert for seg.',
  at: 'bevist',
  level: 'nivå',
  simulated: 'SIMULERT: laga med ein test-BankID; juridisk verken kvalifisert eller avansert signatur.',
  upload: 'SHA-256 av det opplasta dokumentet',
  file: 'SHA-256 av denne fila',
  notProven: 'Dette beviser ikkje',
  sentences: {
    LEGAL_EFFECT_SIMULATED: 'Nokon rettsverknad: BankID-en bak signaturane er simulert.',
    AUTHORITY_TO_SIGN: 'At underskrivarane hadde rett til å signere for andre enn seg sjølve.',
    CONTENT_UNDERSTOOD: 'At det som står i dokumentet, er sant eller vart forstått.',
    NO_SIGNATURE: 'Noko som helst: fila har ingen signatur.',
    TRUST_NOT_GIVEN: 'Kven som signerte: inga rot å stole på er oppgitt (--trust ROT.pem).',
    BYTES_AFTER_LAST_SIGNATURE: 'Det som er lagt til etter den siste signaturen.',
    TIME_NOT_TRUSTED: 'Når det vart signert: eit tidsstempel manglar eller er ikkje til å stole på.',
    NOT_SEALED: 'At alle har signert: oppdraget er ikkje avslutta med eit segl.',
    HYBRID_XREF: 'At eldre lesarar viser det same: dokumentet har to innhaldstabellar (hybrid kryssreferanse).',
    SAME_CERTIFICATE: 'At ulike personar har signert: to signaturar er laga med same sertifikat.',
    EARLIER_SIGNATURES: 'At signaturane som dokumentet hadde frå før, held i alle delar: sjå kvar av dei.',
  },
}

const all: Readonly<Record<Language, VerificationWords>> = { nb, nn, en }

export const verificationWords = (language: Language): VerificationWords => all[language]
