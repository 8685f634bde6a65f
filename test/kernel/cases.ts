// What is right for each file of fixtures/cases.
export type Row = {
  readonly file: string
  /** In words, for the name of the test. */
  readonly right: string
  /** Every finding of pre-flight, a refusal marked with `!`: it ends the order there; without one the finished document is PASSED. */
  readonly findings: readonly string[]
  /** Who signed before the order, as the finished document tells it. */
  readonly earlier?: readonly string[]
  /** What `normalise` comes to: PASSED at the end of the whole way, or the code of the refusal. */
  readonly normalised?: string
  readonly verified?: Verified
}

/** The file itself, verified with the roots beside it. */
export type Verified = {
  readonly verdict: 'PASSED' | 'INDETERMINATE' | 'FAILED' | 'MALFORMED_PDF'
  /** Ids of the checks that say something is broken. */
  readonly broken?: readonly string[]
  readonly signers: readonly string[]
  readonly timeStamps?: number
  readonly simulated?: boolean
}

const kari: Verified = { verdict: 'INDETERMINATE', signers: ['Kari Testesen'] }
const somebody: Verified = { verdict: 'INDETERMINATE', signers: ['Earlier Signer'] }
const readBefore = { findings: ['EARLIER_SIGNATURES'], normalised: 'ALREADY_SIGNED' } as const
const ofSegl = { findings: ['ALREADY_SIGNED!'], normalised: 'ALREADY_SIGNED' } as const
const sealed = { verdict: 'PASSED', signers: ['Ánte Gáŋgaviika', 'Sverre Lie-Haugen'], simulated: true } as const
/** Its CMS is not DER: some judges reject it. */
const readEncoded = { ...readBefore, findings: ['EARLIER_SIGNATURES', 'STRICT_VALIDATORS'] } as const
const repaired = { findings: ['MALFORMED_PDF!'], normalised: 'PASSED' } as const
const holds = 'signed to the end, and the finished document holds'
const neverFlattened = 'a signature that readers see outside the form is refused, and never flattened'
const read = 'the earlier signature is read and its signer named'

export const rows: readonly Row[] = [
  {
    file: '01-archived-by-others/segl.signed.pdf',
    right: 'a finished document is not signed again',
    ...ofSegl,
    verified: { ...sealed, timeStamps: 1 },
  },
  {
    file: '01-archived-by-others/time-stamp-on-page-1.pdf',
    right: 'an archive time-stamp of another program breaks nothing and is named',
    ...ofSegl,
    verified: { ...sealed, timeStamps: 2 },
  },
  {
    file: '01-archived-by-others/validation-data-only.pdf',
    right: 'validation data of another program breaks nothing',
    ...ofSegl,
    verified: { ...sealed, timeStamps: 1 },
  },
  {
    file: '02-earlier-signature-not-der/c11-boolean-true-01.pdf',
    right: read,
    ...readEncoded,
    earlier: ['Kari Testesen'],
    verified: kari,
  },
  {
    file: '02-earlier-signature-not-der/v01-ber.pdf',
    right: read,
    ...readEncoded,
    earlier: ['Kari Testesen'],
    verified: kari,
  },
  {
    file: '02-earlier-signature-not-der/v06-unsorted-attrs.pdf',
    right: read,
    ...readEncoded,
    earlier: ['Kari Testesen'],
    verified: kari,
  },
  {
    file: '03-earlier-signature-overlooked/h01-v-in-child-widget.pdf',
    right: neverFlattened,
    findings: ['ALREADY_SIGNED!'],
    normalised: 'ALREADY_SIGNED',
  },
  {
    file: '03-earlier-signature-overlooked/h03-no-acroform-at-all.pdf',
    right: neverFlattened,
    findings: ['ALREADY_SIGNED!'],
    normalised: 'ALREADY_SIGNED',
  },
  {
    file: '03-earlier-signature-overlooked/h04-ft-and-v-in-child.pdf',
    right: neverFlattened,
    findings: ['ALREADY_SIGNED!', 'FORM_FIELDS!'],
    normalised: 'ALREADY_SIGNED',
  },
  {
    file: '04-widgets-outside-the-form/u03-orphan-widget-empty-form.pdf',
    right: 'a field outside the form is refused, or drawn where all readers show it',
    findings: ['FORM_FIELDS!'],
    normalised: 'PASSED',
  },
  {
    file: '04-widgets-outside-the-form/w-check.pdf',
    right: 'a field outside the form is refused',
    findings: ['FORM_FIELDS!'],
    normalised: 'FORM_FIELDS',
  },
  {
    file: '04-widgets-outside-the-form/w-tx.pdf',
    right: 'a field outside the form is refused',
    findings: ['FORM_FIELDS!'],
    normalised: 'FORM_FIELDS',
  },
  {
    file: '05-nothing-to-see/u01-zero-pages.pdf',
    right: 'no page is nothing to sign',
    findings: ['NO_PAGES!'],
    normalised: 'NO_PAGES',
  },
  {
    file: '05-nothing-to-see/u21-cropbox-outside.pdf',
    right: 'a page without anything visible is told',
    findings: ['BLANK_PAGES'],
  },
  { file: '06-structure-keys-taken/t02-no-parenttree.pdf', right: holds, findings: ['TAGGED'] },
  { file: '06-structure-keys-taken/t03-parenttree-lacks-page.pdf', right: holds, findings: ['TAGGED'] },
  { file: '08-readable-by-all-refused/u06-prev-zero.pdf', right: 'repaired by `normalise`', ...repaired },
  { file: '08-readable-by-all-refused/u07-xref-19-bytes.pdf', right: 'repaired by `normalise`', ...repaired },
  { file: '08-readable-by-all-refused/u10-stream-space.pdf', right: 'repaired by `normalise`', ...repaired },
  { file: '08-readable-by-all-refused/u12-missing-endobj.pdf', right: 'repaired by `normalise`', ...repaired },
  { file: '08-readable-by-all-refused/u40-space-padded.pdf', right: 'repaired by `normalise`', ...repaired },
  { file: '09-markup-not-told/s-annot-Highlight.pdf', right: 'markup is told', findings: ['OVERLAY_ANNOTATIONS'] },
  { file: '09-markup-not-told/s-annot-StrikeOut.pdf', right: 'markup is told', findings: ['OVERLAY_ANNOTATIONS'] },
  { file: '09-markup-not-told/s-annot-Text.pdf', right: 'markup is told', findings: ['OVERLAY_ANNOTATIONS'] },
  {
    file: '12-deep-page-tree/u58-page-list-300-deep.pdf',
    right: 'depth costs nothing',
    findings: ['STRICT_VALIDATORS'],
  },
  {
    file: '13-older-signatures-called-broken/v07-pkcs7-detached-signing-time.pdf',
    right: read,
    ...readBefore,
    earlier: ['Kari Testesen'],
    verified: kari,
  },
  {
    file: '13-older-signatures-called-broken/v09-direct-v.pdf',
    right: read,
    findings: ['EARLIER_SIGNATURES', 'STRICT_VALIDATORS'],
    normalised: 'ALREADY_SIGNED',
    earlier: ['Kari Testesen'],
    verified: kari,
  },
  { file: '15-legal-filters/u35-objstm-lzw.pdf', right: 'LZW is read', findings: ['STRICT_VALIDATORS'] },
  { file: '20-kernel/trailer-dangling-info.pdf', right: holds, findings: ['STRICT_VALIDATORS'] },
  { file: '20-kernel/trailer-dangling-additionalstreams.pdf', right: holds, findings: ['STRICT_VALIDATORS'] },
  { file: '20-kernel/older-revision-dangling.pdf', right: holds, findings: [] },
  { file: '20-kernel/acroform-missing.pdf', right: holds, findings: ['STRICT_VALIDATORS'] },
  { file: '20-kernel/acroform-null.pdf', right: holds, findings: [] },
  { file: '20-kernel/acroform-is-info.pdf', right: holds, findings: [] },
  {
    file: 'signed-before/earlier-then-portal-bytes.pdf',
    right: 'bytes of a portal behind the end break nothing',
    ...readBefore,
    earlier: ['Earlier Signer'],
    verified: somebody,
  },
  {
    file: '20-kernel/earlier-ber-cms.pdf',
    right: read,
    ...readEncoded,
    earlier: ['Earlier Signer'],
    verified: somebody,
  },
  {
    file: 'signed-before/earlier-then-orphan-font.pdf',
    right: 'an object that nothing refers to breaks nothing',
    findings: ['EARLIER_SIGNATURES', 'UNEMBEDDED_FONTS'],
    normalised: 'ALREADY_SIGNED',
    earlier: ['Earlier Signer'],
    verified: somebody,
  },
  {
    file: 'signed-before/earlier-broken-digest.pdf',
    right: 'an earlier signature that does not hold is refused before anybody signs',
    findings: ['ALREADY_SIGNED!', 'EARLIER_SIGNATURES'],
    normalised: 'ALREADY_SIGNED',
    verified: { verdict: 'FAILED', broken: ['CMS_SIGNATURE'], signers: ['Earlier Signer'] },
  },
  {
    file: 'signed-before/earlier-dss-bad-stream.pdf',
    right: 'validation data that cannot be read is refused before anybody signs',
    findings: ['EARLIER_SIGNATURES', 'MALFORMED_PDF!'],
    normalised: 'ALREADY_SIGNED',
    verified: { verdict: 'MALFORMED_PDF', signers: [] },
  },
  {
    file: 'signed-before/certified-p2-then-filled.pdf',
    right: 'a certification that allows filling holds; the fillable field is refused',
    findings: ['EARLIER_CERTIFICATION', 'EARLIER_SIGNATURES', 'FORM_FIELDS!'],
    normalised: 'ALREADY_SIGNED',
    verified: somebody,
  },
  {
    file: '20-kernel/signed-by-company-named-test.pdf',
    right: 'a name with Test in it is not the simulated BankID',
    ...readBefore,
    earlier: ['Lab Test AS'],
    verified: { verdict: 'INDETERMINATE', signers: ['Lab Test AS'] },
  },
  {
    file: '20-kernel/page-uses-free-object.pdf',
    right: 'content that only some readers show is refused',
    findings: ['CONTENT_AMBIGUOUS!', 'CONTENT_AMBIGUOUS!', 'STRICT_VALIDATORS', 'UNEMBEDDED_FONTS'],
    normalised: 'CONTENT_AMBIGUOUS',
  },
  {
    file: '20-kernel/contents-nested-array.pdf',
    right: 'content that only some readers show is refused',
    findings: ['CONTENT_AMBIGUOUS!', 'UNEMBEDDED_FONTS'],
    normalised: 'CONTENT_AMBIGUOUS',
  },
  {
    file: '20-kernel/opi-external.pdf',
    right: 'content of another file is refused',
    findings: ['BLANK_PAGES', 'EXTERNAL_CONTENT!'],
    normalised: 'EXTERNAL_CONTENT',
  },
  {
    file: '20-kernel/size-too-small.pdf',
    right: 'an object that counts as missing but is shown is refused',
    ...repaired,
  },
  {
    file: '20-kernel/no-pages.pdf',
    right: 'no page is nothing to sign',
    findings: ['NO_PAGES!'],
    normalised: 'NO_PAGES',
  },
  {
    file: '20-kernel/hybrid-pair-without-startxref.pdf',
    right: 'two sections under one startxref are repaired by `normalise`',
    ...repaired,
  },
  {
    file: '20-kernel/link-annotation-direct.pdf',
    right: 'what strict validators cannot follow is told',
    findings: ['STRICT_VALIDATORS'],
  },
  {
    file: '20-kernel/xmp-utf16.pdf',
    right: 'what strict validators cannot read is told',
    findings: ['STRICT_VALIDATORS'],
  },
]
