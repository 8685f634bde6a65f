// Bounds and refusals that a file of ordinary size can meet: each with small limits, or wrong in exactly one place.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type ErrorCode, isSeglError } from '../../../src/errors.ts'
import { readEvidence } from '../../../src/kernel/checks/evidence.ts'
import { prepareRevision } from '../../../src/kernel/pades/index.ts'
import {
  bytesSource,
  defaultLimits,
  isDict,
  type Limits,
  largestFile,
  localRef,
  nameOf,
  newStream,
  openPdf,
  type PdfFile,
  preflight,
  ref,
  revisions,
  serialise,
  structureTreeOf,
  writeIncrement,
} from '../../../src/kernel/pdf/index.ts'
import { nodeCrypto } from '../../../src/kernel/x509/index.ts'
import { plainSheet } from '../pades/sheet.ts'
import { appendClassic, classicPdf, plainObjects, streamPdf } from './build.ts'

const open = (bytes: Buffer, limits: Partial<Limits> = {}) =>
  openPdf(bytesSource(bytes), { ...defaultLimits, ...limits })
const refused = (code: ErrorCode, words: RegExp, read: () => unknown) =>
  assert.throws(read, (error) => isSeglError(error, code) && words.test(error.detail))
const changed = (bytes: Buffer, from: string, to: string): Buffer => {
  assert.ok(bytes.includes(from), from)
  return Buffer.from(bytes.toString('latin1').replace(from, to), 'latin1')
}

describe('the bounds of reading', () => {
  test('an object larger than the limit', () => {
    const text = `<</Type /Catalog /Pages 2 0 R /Filler (${'x'.repeat(100_000)})>>`
    refused('TOO_COMPLEX', /An object is larger/, () => {
      open(classicPdf({ objects: { 1: text } }), { objectBytes: 70_000 }).get(ref(1))
    })
  })

  test('more revisions than the limit', () => {
    const twice = appendClassic(appendClassic(classicPdf(), { 5: '14' }, 6), { 5: '14' }, 6)
    assert.equal(open(twice).sections.length, 3)
    refused('TOO_COMPLEX', /more than 2 revisions/, () => open(twice, { sections: 2 }))
  })

  test('a stream larger than the limit, before it is read', () => {
    const file = open(classicPdf(), { inflatedBytes: 10 })
    refused('TOO_COMPLEX', /A stream is larger than 10 bytes/, () => file.decode(file.get(ref(4))))
  })

  test('an increment that ends beyond what PDF/A counts to', () => {
    const point = {
      size: largestFile - 10,
      lineEnd: true,
      offsetBase: 0,
      startxref: 9,
      xrefKind: 'table',
      nextObject: 7,
      trailer: '/Root 1 0 R',
    } as const
    refused('TOO_LARGE', /at most 2147483647 bytes/, () => writeIncrement(point, [{ number: 6, body: null }]))
  })
})

describe('a cross-reference that does not hold together', () => {
  test('the offset of the section before is no whole number', () => {
    const twice = appendClassic(classicPdf(), { 5: '14' }, 6)
    for (const previous of ['1.5', '-3', '(9)']) {
      const wrong = Buffer.from(twice.toString('latin1').replace(/\/Prev \d+/, `/Prev ${previous}`), 'latin1')
      refused('MALFORMED_PDF', /no whole number/, () => open(wrong))
    }
  })

  test('the startxref of an earlier revision names another section', () => {
    const first = classicPdf()
    const at = first.lastIndexOf('startxref\n') + 'startxref\n'.length
    const digits = /^\d+/.exec(first.toString('latin1', at))?.[0] ?? ''
    const twice = appendClassic(first, { 5: '14' }, 6)
    twice.write('9'.repeat(digits.length), at, 'latin1')
    refused('MALFORMED_PDF', /names another section/, () => revisions(open(twice)))
  })

  test('a keyword that is none where an object should stand', () => {
    for (const word of ['trues', 'falze', 'nul', 'tru']) {
      const file = open(classicPdf({ objects: { 5: word } }))
      assert.throws(
        () => file.get(ref(5)),
        (error) => isSeglError(error, 'MALFORMED_PDF', 'TRUNCATED'),
        word,
      )
    }
  })

  test('an entry of a cross-reference stream is out of range', () => {
    // Five octets of offset, whose first is the type that stood there.
    const wrong = changed(streamPdf({ deflate: false }), '/W [1 4 2]', '/W [0 5 2]')
    refused('MALFORMED_PDF', /out of range/, () => open(wrong))
  })

  test('the file ends inside its cross-reference stream', () => {
    refused('TRUNCATED', /ends inside/, () =>
      open(changed(streamPdf({ deflate: false }), '/Length 154', '/Length 999')),
    )
  })
})

describe('what pre-flight tells of files that claim too much', () => {
  test('metadata that cannot be inflated claims nothing', () => {
    const objects = {
      1: '<</Type /Catalog /Pages 2 0 R /Metadata 6 0 R>>',
      6: '<</Type /Metadata /Subtype /XML /Filter /FlateDecode /Length 26>>\nstream\npdfaid:part="1" no deflate\nendstream',
    }
    const codes = preflight(bytesSource(classicPdf({ objects }))).findings.map(({ code }) => code)
    assert.ok(!codes.includes('PDFA_CLAIM'))
  })

  test('a parent tree that holds itself', () => {
    const objects = {
      1: '<</Type /Catalog /Pages 2 0 R /MarkInfo <</Marked true>> /StructTreeRoot 6 0 R>>',
      6: '<</Type /StructTreeRoot /K 8 0 R /ParentTree 7 0 R>>',
      7: '<</Kids [9 0 R]>>',
      8: '<</Type /StructElem /S /Document /P 6 0 R /K []>>',
      9: '<</Kids [9 0 R]>>',
    }
    const bytes = classicPdf({ objects })
    assert.throws(
      () => structureTreeOf(open(bytes)),
      (error) => isSeglError(error, 'MALFORMED_PDF'),
    )
    const codes = preflight(bytesSource(bytes)).findings.map(({ code }) => code)
    assert.ok(codes.includes('TAGS_UNREADABLE'), codes.join())
  })
})

test('an encrypted file is not judged', () => {
  const bytes = classicPdf({
    objects: { ...plainObjects, 6: '<</Filter /Standard /V 1 /R 2 /O (o) /U (u) /P -4>>' },
    trailer: '/Encrypt 6 0 R /ID [<00> <00>]',
  })
  refused('ENCRYPTED', /encrypted/, () => readEvidence(bytesSource(bytes), [], 0, nodeCrypto))
})

test('a reference of a bundle and a stream have no text of their own', () => {
  refused('INTERNAL', /local object 3/, () => serialise(localRef(3)))
  refused('INTERNAL', /indirect/, () => serialise(newStream(new Map(), new Uint8Array(0))))
})

describe('preparing without pre-flight', () => {
  const treeRoot = { 1: '<</Type /Catalog /Pages 2 0 R /MarkInfo <</Marked true>> /StructTreeRoot 6 0 R>>' }
  const tagged = {
    ...treeRoot,
    6: '<</Type /StructTreeRoot /K 8 0 R /ParentTree 7 0 R>>',
    7: '<</Kids [9 0 R]>>',
    8: '<</Type /StructElem /S /Document /P 6 0 R /K []>>',
    9: '<</Limits [0 0] /Nums [0 [8 0 R]]>>',
  }
  const prepared = (objects: Readonly<Record<number, string>>) => {
    const upload = classicPdf({ objects })
    const [first, ...others] = plainSheet(1).pages
    assert.ok(first)
    const structure = [{ role: 'Sect', kids: [{ role: 'H1', kids: [{ mcid: 0 }] }, { field: 1 }] }]
    const sheet = { ...plainSheet(1), language: 'nb', pages: [{ ...first, structure }, ...others] }
    return open(Buffer.concat([upload, prepareRevision(bytesSource(upload), sheet).increment]))
  }
  const rolesIn = (file: PdfFile) => {
    const roles: string[] = []
    file.each((_, value) => {
      if (isDict(value) && nameOf(value.get('Type')) === 'StructElem') roles.push(nameOf(value.get('S')) ?? '')
    })
    return roles.sort()
  }

  test('a sheet with a structure becomes part of the tree of a tagged upload', () => {
    const file = prepared(tagged)
    assert.deepEqual(rolesIn(file), ['Document', 'Form', 'Form', 'H1', 'Sect'])
    assert.ok((structureTreeOf(file)?.nextKey ?? 0) >= 4, 'one key of the upload, one of the page, two of the fields')
  })

  test('a tree that cannot be read is left alone', () => {
    const file = prepared({ ...tagged, 9: '<</Kids [9 0 R]>>' })
    assert.deepEqual(rolesIn(file), ['Document'])
  })

  test('a form whose field is no object, and pages that are none, are refused', () => {
    const form = '<</Type /Catalog /Pages 2 0 R /AcroForm <</Fields [<</FT /Tx /T (a)>>]>>>>'
    for (const catalog of [form, '<</Type /Catalog /Pages <</Type /Pages /Kids [3 0 R] /Count 1>>>>']) {
      const upload = classicPdf({ objects: { 1: catalog } })
      assert.throws(
        () => prepareRevision(bytesSource(upload), plainSheet(1)),
        (error) => isSeglError(error, 'MALFORMED_PDF'),
      )
    }
  })
})
