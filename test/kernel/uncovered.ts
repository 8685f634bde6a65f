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
    'throws on what is no error of ours: it would be a defect, and no input makes one',
    [
      ['checks/changes/account.ts', 2, 'throw error'],
      ['checks/cms-in-file.ts', 2, 'throw error'],
      ['checks/evidence.ts', 2, 'throw error'],
      ['checks/segl/audit-trail.ts', 2, 'throw error'],
      ['checks/times.ts', 2, 'throw error'],
      ['pades/renewal.ts', 2, 'throw error'],
      ['pdf/open.ts', 2, 'throw error'],
      ['pdf/open.ts', 2, 'throw error'],
      ['pdf/preflight-claims.ts', 2, 'throw error'],
      ['pdf/preflight-claims.ts', 2, 'throw error'],
      ['pdf/structure-tree.ts', 2, 'throw error'],
      ['x509/certificate.ts', 2, 'throw error'],
    ],
  ],
  [
    'an object listed again at the place where it was: a cross-reference may do that, but no program of the fixtures does',
    [['checks/changes/index.ts', 1, 'was.generation === generation']],
  ],
  [
    'a file whose metadata changed and of which another object cannot be read: no plant has both',
    [['checks/changes/metadata.ts', 3, 'if (error instanceof SeglError) return Number.POSITIVE_INFINITY']],
  ],
  [
    'a bound written into the verifier (200 signatures, 1000 certificates): no fixture is that large, and the bounds on revisions and entries beside it are met',
    [
      ['checks/evidence.ts', 2, "throw new SeglError('TOO_COMPLEX', `The PDF has more than … signatures.`)"],
      ['checks/evidence.ts', 2, "throw new SeglError('TOO_COMPLEX', `The PDF carries more than … certificates.`)"],
    ],
  ],
  [
    'a signature with /Reason and a commitment type or policy: Segl writes neither attribute, and no file of others that is tested has both',
    [
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
    ],
  ],
  [
    'the octets of a CMS that no signature covers, and one without its signer’s certificate: no plant changes these (test/kernel/cms does, below the verifier)',
    [
      ['checks/rfc/cms-complete.ts', 3, "const detail = 'The CMS does not carry the signer’s certificate.'"],
      [
        'checks/rfc/cms-complete.ts',
        2,
        "return failed('FORMAT_FAILURE', 'The version of the CMS does not go with its content.')",
      ],
    ],
  ],
  [
    'a tagged upload whose tree cannot be read: preparing leaves such a tree alone, and no plant goes through the verifier with one',
    [
      [
        'checks/segl/structure-grown.ts',
        4,
        '// A tree that cannot be read is not appended to; if it was, its objects count as replaced.',
      ],
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
    ],
  ],
  [
    'going on with a file whose form lists no objects: preparing refuses such a form, so only a damaged archive has it',
    [['pades/reopen.ts', 4, "throw new SeglError('MALFORMED_PDF', 'A form field is no object of its own.', {"]],
  ],
  [
    'types only: nothing in it runs, and V8 reports the file as never loaded',
    [
      [
        'pades/state.ts',
        116,
        '// The phases of a signed file as plain JSON, so that another process can go on: what appending needs, and nothing of the file itself.',
      ],
    ],
  ],
  [
    'a cache that is emptied beyond 32 MB of object streams, and object streams that inflate a hundredfold together: no fixture is that large, and the bound on a single one is met',
    [
      ['pdf/object-reader.ts', 3, 'containers.clear()'],
      [
        'pdf/object-reader.ts',
        2,
        "throw new SeglError('TOO_COMPLEX', 'The object streams of the PDF inflate to too many bytes.', { offset })",
      ],
    ],
  ],
  [
    'a signed field that has a /Lock of its own: no file that the verifier is tested with has one',
    [['checks/pdf/field-lock.ts', 1, "const fields = file.resolve(lock.get('Fields'))"]],
  ],
  [
    'a form field that is no object: whoever reads the form before refuses it with the same words',
    [['pades/prepare.ts', 3, 'const offset = placeNear(file, value)']],
  ],
  [
    'names of kinds that are not compared, and a constraint that names a single mailbox: no certificate of the tests has either',
    [
      ['x509/name-constraints.ts', 1, 'return whenUnclear'],
      [
        'x509/name-constraints.ts',
        1,
        'return mailbox.slice(0, at) === base.slice(0, baseAt) && host === base.slice(baseAt + 1).toLowerCase()',
      ],
    ],
  ],
  [
    'asked only by src/normalise, whose tests are no part of this run',
    [['pdf/object.ts', 1, "tagged(value) && value.kind === 'new-stream'"]],
  ],
  [
    'an older revision that ends inside a newer one: its startxref would have to name a section of its own there, which no fixture does',
    [['pdf/revision.ts', 2, "throw malformed('The revisions of the file overlap', newest.offset)"]],
  ],
]

export const uncovered: readonly Uncovered[] = because.flatMap(([reason, places]) =>
  places.map(([file, lines, begins]) => ({ file, lines, begins, reason })),
)
