// What the tests of src/kernel do not reach, and why; `npm run coverage` compares it with what they do.

export type Uncovered = {
  /** Below src/kernel. */
  readonly file: string
  /** How many lines on end. */
  readonly lines: number
  /** Text of the first of them. */
  readonly begins: string
  readonly reason: string
}

type Place = readonly [file: string, lines: number, begins: string]

const because: readonly (readonly [reason: string, places: readonly Place[]])[] = [
  [
    'a second guard behind another check that speaks first for every plant that we have',
    [
      ['checks/changes/account.ts', 1, '}'],
      ['checks/changes/index.ts', 1, 'was.generation === generation'],
      ['checks/cms-in-file.ts', 1, '}'],
      [
        'checks/pdf/signature-dictionary.ts',
        1,
        'cms?.signerInfos.some(({ signedAttributes }) => signedAttributes.some(saysWhy))',
      ],
      [
        'checks/pdf/signature-dictionary.ts',
        2,
        "return failed('FORMAT_FAILURE', 'There is a /Reason next to a commitment type or signature policy.')",
      ],
      [
        'checks/pdf/signature-dictionary.ts',
        1,
        "['1.2.840.113549.1.9.16.2.16', '1.2.840.113549.1.9.16.2.15'].includes(oid)",
      ],
      [
        'checks/rfc/cms-complete.ts',
        2,
        "return failed('FORMAT_FAILURE', 'The digest algorithm of the signer is not among those announced.')",
      ],
      [
        'checks/rfc/cms-complete.ts',
        2,
        "return failed('FORMAT_FAILURE', 'The version of the CMS does not go with its content.')",
      ],
      ['checks/rfc/cms-complete.ts', 1, ": failed('FORMAT_FAILURE', detail)"],
      ['checks/segl/audit-trail.ts', 1, '}'],
      [
        'checks/segl/structure-grown.ts',
        4,
        '// A tree that cannot be read is not appended to; if it was, its objects count as replaced.',
      ],
      ['checks/times.ts', 1, '}'],
      ['checks/trail.ts', 1, ': []'],
    ],
  ],
  [
    'what is thrown on by a catch: an error that is none of ours would be a defect',
    [
      ['checks/changes/metadata.ts', 3, 'if (error instanceof SeglError) return Number.POSITIVE_INFINITY'],
      ['pades/renewal.ts', 3, "if (isSeglError(error, 'MALFORMED_DER')) return undefined"],
    ],
  ],
  [
    'a bound against files made to cost time; the other bounds beside it are met in test/verify/hostile',
    [
      ['checks/evidence.ts', 5, 'throw new SeglError('],
      ['checks/evidence.ts', 1, '}'],
    ],
  ],
  [
    'a bound that only a file of very many objects or bytes meets; the same refusal is tested at other places',
    [
      ['checks/evidence.ts', 2, "throw new SeglError('TOO_COMPLEX', `The PDF has more than … signatures.`)"],
      ['checks/evidence.ts', 2, "throw new SeglError('TOO_COMPLEX', `The PDF carries more than … certificates.`)"],
      ['pdf/structure-tree.ts', 3, "if (isSeglError(error, 'MALFORMED_PDF', 'TOO_COMPLEX')) return undefined"],
      ['pdf/increment.ts', 2, "throw new SeglError('TOO_LARGE', `A signed PDF may have at most … bytes.`)"],
      ['pdf/object-reader.ts', 3, 'containers.clear()'],
      ['pdf/object-reader.ts', 4, "throw new SeglError('TOO_COMPLEX', `A stream is larger than … bytes.`, {"],
      [
        'pdf/object-reader.ts',
        2,
        "throw new SeglError('TOO_COMPLEX', 'The object streams of the PDF inflate to too many bytes.', { offset })",
      ],
      ['pdf/preflight-claims.ts', 3, "if (isSeglError(error, 'MALFORMED_PDF', 'TOO_COMPLEX')) return ''"],
      [
        'pdf/window.ts',
        2,
        "throw new SeglError('TOO_COMPLEX', `An object is larger than … bytes (byte …).`, { offset })",
      ],
      ['pdf/xref.ts', 4, "throw new SeglError('TOO_COMPLEX', `The PDF has more than … revisions.`, {"],
    ],
  ],
  [
    'a CMS or time-stamp that no program here makes: refused by the parser first, or never built',
    [
      [
        'cms/signed-data.ts',
        2,
        "throw new SeglError('INVALID_REQUEST', 'The signed attributes must be the SET that was signed.')",
      ],
      ['cms/timestamp-request.ts', 6, 'return refused('],
      ['cms/timestamp-request.ts', 3, 'const detail = `The time-stamp has critical extensions that are not known: …`'],
      [
        'cms/verify.ts',
        2,
        "return failed('FORMAT_FAILURE', 'EN 319 142-1 6.3', 'The CMS must have exactly one signer')",
      ],
    ],
  ],
  [
    'what pre-flight has refused before: prepareRevision may be called without it',
    [
      [
        'pades/opening-state.ts',
        1,
        '// What cannot be read is for pre-flight to refuse, and for the verifier to tell.',
      ],
      [
        'pades/prepare.ts',
        1,
        "new SeglError('MALFORMED_PDF', 'The page tree of the PDF is not well-formed. Export it again.', { offset })",
      ],
      ['pades/prepare.ts', 3, 'const offset = placeNear(file, value)'],
    ],
  ],
  [
    'a wrong call by our own code: kept so that it is told at once, and no input leads here',
    [
      [
        'pades/prepare.ts',
        2,
        "throw new SeglError('INTERNAL', 'A page of the sheet needs a /MediaBox and must have no /Annots.')",
      ],
      ['pades/reopen.ts', 2, "throw new SeglError('INTERNAL', `A document has 1 to … slots.`)"],
      [
        'pades/sign.ts',
        2,
        "throw new SeglError('INTERNAL', 'The stored revision is damaged: its bytes are not base64.')",
      ],
      ['pdf/serialise.ts', 2, "throw new SeglError('INTERNAL', `The local object … has no number here.`)"],
      ['pdf/serialise.ts', 1, "throw new SeglError('INTERNAL', 'A stream can only be an indirect object.')"],
    ],
  ],
  [
    'going on with a file whose form lists no objects: signing refuses it long before, so only a damaged archive has it',
    [
      ['pades/reopen.ts', 1, '? []'],
      ['pades/reopen.ts', 4, "throw new SeglError('MALFORMED_PDF', 'A form field is no object of its own.', {"],
    ],
  ],
  [
    'types only: nothing in it runs',
    [
      [
        'pades/state.ts',
        105,
        '// The phases of a signed file as plain JSON, so that another process can go on: what appending needs, and nothing of the file itself.',
      ],
    ],
  ],
  [
    'the elements of the sheets that src/sheet draws: judged by veraPDF as PDF/A-a and PDF/UA in test/conformance/claims.test.ts; plain sheets here have none',
    [
      ['pades/structure.ts', 28, 'element: StructureElement,'],
      ['pades/structure.ts', 3, "pages.set(number, { StructParents: key, Tabs: name('S') })"],
      ['pades/structure.ts', 3, 'objects.push(parents.object)'],
    ],
  ],
  [
    'the last alternative of a choice that no fixture makes',
    [['pdf/object.ts', 1, "tagged(value) && value.kind === 'new-stream'"]],
  ],
  [
    'a malformation that mutation reaches with other seeds (npm run mutations), or that is refused before it comes here',
    [
      ['pdf/open.ts', 1, '}'],
      ['pdf/open.ts', 1, '}'],
      ['pdf/preflight-claims.ts', 1, '}'],
      ['pdf/revision.ts', 2, "throw malformed('The startxref of a revision names another section', last.end)"],
      ['pdf/revision.ts', 2, "throw malformed('The revisions of the file overlap', newest.offset)"],
      ['pdf/structure-tree.ts', 6, 'if (isRef(kid) && visited.has(kid.number)) throw unreadable(file, kid)'],
      ['pdf/xref.ts', 2, "throw malformed('The offset of a cross-reference section is no whole number', at)"],
      [
        'pdf/xref.ts',
        4,
        "throw new SeglError('TRUNCATED', `The PDF ends inside its cross-reference stream (byte …).`, {",
      ],
      ['pdf/xref.ts', 2, "throw malformed('An entry of a cross-reference stream is out of range', offset)"],
    ],
  ],
  [
    'a kind of certificate, answer or key that neither openssl nor our authority makes in the tests',
    [
      ['x509/certificate.ts', 1, '}'],
      ['x509/crl-check.ts', 2, "return unusable('The entry of the CRL has critical extensions that are not known')"],
      ['x509/ocsp-check.ts', 2, "return unusable('The OCSP response has critical extensions that are not known')"],
      ['x509/ocsp.ts', 2, "throw malformedDer(version.start, 'The version of the OCSP response is not known')"],
      ['x509/purpose.ts', 1, 'return undefined'],
      [
        'x509/purpose.ts',
        1,
        ": problem('RFC 3161 2.3', 'The key usage of the certificate does not allow time-stamping')",
      ],
      ['x509/purpose.ts', 1, '? [keyPurposes.any, keyPurposes.ocspSigning]'],
    ],
  ],
]

export const uncovered: readonly Uncovered[] = because.flatMap(([reason, places]) =>
  places.map(([file, lines, begins]) => ({ file, lines, begins, reason })),
)
