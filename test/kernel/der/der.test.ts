import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { isSeglError } from '../../../src/errors.ts'
import * as der from '../../../src/kernel/der/index.ts'

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'))
const read = (text: string) => der.readDer(hex(text))
const offsetOf = (run: () => unknown): number | undefined => {
  try {
    run()
  } catch (error) {
    assert.ok(isSeglError(error, 'MALFORMED_DER'), String(error))
    return error.offset
  }
  return assert.fail('nothing was refused')
}

describe('reading DER refuses, with the offset of the fault,', () => {
  const faults: readonly [name: string, bytes: string, offset: number][] = [
    ['nothing at all', '', 0],
    ['a lone tag', '30', 0],
    ['bytes after the end', '0500 00', 2],
    ['an element that runs past the end', '3003 0500', 0],
    ['a child that runs past its parent', '3003 020201', 2],
    ['an indefinite length', '3080 0000', 1],
    ['a length of 127 in two octets', `30817f${'00'.repeat(127)}`, 1],
    ['a length with leading zeros', `3082008000${'05'.repeat(127)}`, 1],
    ['a length that is cut off', '3082', 1],
    ['a length of five octets', '308501000000', 1],
    ['end-of-contents octets', '3002 0000', 2],
    ['a tag number above 30', '1f2a 00', 0],
    ['a constructed octet string', '2403 040100', 0],
    ['a primitive sequence', '1000', 0],
    ['a primitive set', '1100', 0],
    ['a boolean that is neither 00 nor FF', '010101', 0],
    ['a boolean of two octets', '0102ffff', 0],
    ['an integer without octets', '0200', 0],
    ['an integer with a needless 00', '0202007f', 0],
    ['an integer with a needless FF', '0202ff80', 0],
    ['a NULL with content', '050100', 0],
    ['an OID without octets', '0600', 0],
    ['an OID that ends inside an arc', '06022a86', 0],
    ['an OID arc with a needless 80', '06032a8001', 0],
    ['a bit string without its first octet', '0300', 0],
    ['a bit string with eight unused bits', '03020800', 0],
    ['unused bits that are set', '03020101', 0],
    ['unused bits of nothing', '030101', 0],
  ]
  for (const [name, bytes, offset] of faults) {
    test(name, () =>
      assert.equal(
        offsetOf(() => read(bytes)),
        offset,
      ),
    )
  }

  test('elements that nest too deep, or are too many', () => {
    let deep = hex('0500')
    for (let i = 0; i < 65; i++) deep = der.sequence(deep)
    assert.ok(offsetOf(() => der.readDer(deep)) !== undefined)
    const wide = der.sequence(...Array.from({ length: 101 }, () => hex('0500')))
    assert.ok(offsetOf(() => der.readDer(wide, { maxDepth: 4, maxElements: 101 })) !== undefined)
    assert.equal(der.childrenOf(der.readDer(wide, { maxDepth: 4, maxElements: 102 })).length, 101)
  })
})

describe('reading a structure field by field', () => {
  const cursor = () => der.enter(read('3008 020101 800161 0500'), 'Example')

  test('takes what is there, in order, and notices what is left over', () => {
    const fields = cursor()
    assert.equal(der.readSmallInteger(der.take(fields, 0x02, 'version')), 1)
    assert.equal(der.takeOptional(fields, 0xa0), undefined)
    assert.equal(der.peekTag(fields), 0x80)
    assert.equal(
      offsetOf(() => der.leave(fields)),
      5,
    )
    assert.equal(der.readString(der.take(fields, 0x80, 'name'), der.Tag.utf8String), 'a')
    der.takeAny(fields, 'nothing')
    der.leave(fields)
    assert.equal(
      offsetOf(() => der.takeAny(fields, 'more')),
      10,
    )
  })

  test('names the field whose tag is wrong', () => {
    assert.throws(() => der.take(cursor(), 0x04, 'key'), /Example\.key should have tag 04, not 02 \(at byte 2\)/)
    assert.throws(() => der.enter(read('0500'), 'Example'), /Example should have tag 30, not 05/)
    assert.throws(() => der.itemsOf(read('3002 0500'), 'List', 0x30, 0x02), /List should have tag 02/)
    assert.throws(() => der.explicit(read('a004 0500 0500'), 'version'), /version must hold one element/)
  })

  test('reads what an octet string wraps at its own offset', () => {
    const wrapper = der.childrenOf(read('3006 0404 0202007f'))[0]
    assert.ok(wrapper !== undefined)
    assert.equal(
      offsetOf(() => der.readInside(wrapper)),
      4,
    )
  })
})

describe('values', () => {
  test('integers of any size keep their value', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 200n), max: 2n ** 200n }), (value) => {
        assert.equal(der.readInteger(der.readDer(der.integer(value))), value)
      }),
    )
    assert.equal(der.readSmallInteger(read('02047fffffff')), 2 ** 31 - 1)
    for (const bytes of ['0201ff', '02050080000000', '0500']) offsetOf(() => der.readSmallInteger(read(bytes)))
    offsetOf(() => der.readInteger(read('0500')))
    assert.equal(der.readInteger(der.readDer(der.unsignedInteger(hex('0000ff')))), 255n)
    assert.equal(der.readInteger(der.readDer(der.unsignedInteger(hex('')))), 0n)
  })

  test('object identifiers keep their arcs, also those of 128 bits', () => {
    const arc = fc.bigInt({ min: 0n, max: 2n ** 128n })
    fc.assert(
      fc.property(fc.constantFrom(0, 1, 2), fc.nat(39), fc.array(arc, { maxLength: 3 }), (first, second, rest) => {
        const dotted = [first, second, ...rest].join('.')
        assert.equal(der.readOid(der.readDer(der.oid(dotted))), dotted)
      }),
    )
    assert.equal(
      der.readOid(der.readDer(der.oid('2.999.340282366920938463463374607431768211455'))),
      '2.999.340282366920938463463374607431768211455',
    )
    for (const wrong of ['', '1', '3.1', '1.40', '1.02', '1.2.', 'a.b']) offsetOf(() => der.oid(wrong))
  })

  test('strings of every kind are read as text', () => {
    const strings: readonly [string, string][] = [
      ['0c04c3a5c3b8', 'åø'],
      ['13024e4f', 'NO'],
      ['1402e5f8', 'åø'],
      ['1e0400e500f8', 'åø'],
      ['1c040001f600', '😀'],
      ['160161', 'a'],
      ['120131', '1'],
      ['1a0161', 'a'],
    ]
    for (const [bytes, text] of strings) {
      assert.equal(der.readString(read(bytes)), text)
      assert.ok(der.isString(read(bytes).tag))
    }
    for (const wrong of ['0c01ff', '1301e5', '1e0100', '1c0400110000', '0500'])
      offsetOf(() => der.readString(read(wrong)))
    assert.deepEqual(der.printableString('NO-1'), hex('13044e4f2d31'))
    for (const write of [() => der.printableString('a@b'), () => der.ia5String('å')]) offsetOf(write)
    assert.deepEqual(der.ia5String('a@b'), hex('1603 614062'))
  })

  test('times are read to the millisecond and written back the same', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1000-01-01T00:00:00Z'), max: new Date('9999-12-31T00:00:00Z'), noInvalidDate: true }),
        (date) => {
          assert.equal(der.readTime(der.readDer(der.generalizedTime(date.getTime()))), date.getTime())
        },
      ),
    )
    const x509 = (time: number) => der.x509Time(time)[0]
    assert.equal(x509(Date.UTC(2049, 11, 31)), der.Tag.utcTime)
    assert.equal(x509(Date.UTC(2050, 0, 1)), der.Tag.generalizedTime)
    const text = (tag: string, value: string) =>
      read(`${tag}${value.length.toString(16).padStart(2, '0')}${Buffer.from(value).toString('hex')}`)
    assert.equal(der.readTime(text('17', '500101000000Z')), Date.UTC(1950, 0, 1))
    assert.equal(der.readTime(text('17', '491231235959Z')), Date.UTC(2049, 11, 31, 23, 59, 59))
    assert.equal(der.readTime(text('18', '20261122120000.5Z')), Date.UTC(2026, 10, 22, 12, 0, 0, 500))
    assert.equal(der.readTime(text('18', '20261122120000.1234567Z')), Date.UTC(2026, 10, 22, 12, 0, 0, 123))
    const wrong: readonly [string, string][] = [
      ['17', '2611221200Z'],
      ['17', '261122120000+0100'],
      ['17', '260230000000Z'],
      ['17', '261301000000Z'],
      ['18', '20261122120000'],
      ['18', '20261122120000.50Z'],
      ['18', '20261122120000,5Z'],
      ['18', '20261122240000Z'],
      ['18', '20261122120060Z'],
      ['0c', '20261122120000Z'],
    ]
    for (const [tag, value] of wrong) offsetOf(() => der.readTime(text(tag, value)))
    for (const write of [() => der.utcTime(Date.UTC(2050, 0, 1)), () => der.generalizedTime(Number.NaN)])
      offsetOf(write)
  })

  test('bit strings of named bits have no trailing zeros', () => {
    assert.deepEqual(der.namedBits([1]), hex('03020640'))
    assert.deepEqual(der.namedBits([]), hex('030100'))
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(31)), (bits) => {
        assert.deepEqual(der.readNamedBits(der.readDer(der.namedBits(bits))), new Set([...bits].sort((a, b) => a - b)))
      }),
    )
    assert.deepEqual(der.readBitStringOctets(read('030300abcd')), hex('abcd'))
    for (const wrong of ['03020640', '0500']) offsetOf(() => der.readBitStringOctets(read(wrong)))
    offsetOf(() => der.readNamedBits(read(`030a${'00'.repeat(10)}`)))
  })

  test('booleans and octet strings are what they are', () => {
    assert.deepEqual(
      [true, false].map((value) => der.readBoolean(der.readDer(der.booleanValue(value)))),
      [true, false],
    )
    assert.deepEqual(der.readOctetString(der.readDer(der.octetString(hex('01'), hex('02')))), hex('0102'))
    for (const wrong of [() => der.readBoolean(read('0500')), () => der.readOctetString(read('0500'))]) offsetOf(wrong)
  })
})

describe('writing DER', () => {
  test('lengths take the fewest octets, at every border', () => {
    for (const length of [0, 127, 128, 255, 256, 65_535, 65_536, 16_777_215, 16_777_216]) {
      const encoded = der.octetString(new Uint8Array(length))
      assert.equal(encoded.length, der.encodedLength(length))
      assert.equal(der.contentOf(der.readDer(encoded)).length, length)
    }
  })

  test('a SET OF is sorted, tags are replaced or added', () => {
    const set = der.setOf([hex('020102'), hex('0500'), hex('020101'), hex('02020100')])
    assert.deepEqual(set, hex('310c 020101 020102 02020100 0500'))
    assert.deepEqual(der.setOf([], 0xa0), hex('a000'))
    assert.deepEqual(der.implicitTag(0, hex('3100')), hex('a000'))
    assert.deepEqual(der.implicitTag(1, hex('0c0161')), hex('810161'))
    assert.deepEqual(der.explicitTag(2, hex('0500')), hex('a2020500'))
    assert.deepEqual(der.concatBytes([hex('01'), hex('0203')]), hex('010203'))
    assert.deepEqual(der.concatBytes([]), hex(''))
  })

  test('every tree that is written is read back the same', () => {
    type Node = { readonly bytes: Uint8Array; readonly children: readonly Node[] }
    const leaf = fc
      .uint8Array({ maxLength: 300 })
      .map((octets): Node => ({ bytes: der.octetString(octets), children: [] }))
    const { tree } = fc.letrec<{ tree: Node }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 5 },
        leaf,
        fc
          .array(tie('tree'), { maxLength: 5 })
          .map((children): Node => ({ bytes: der.sequence(...children.map(({ bytes }) => bytes)), children })),
      ),
    }))
    const compare = (element: der.Element, node: Node): void => {
      assert.deepEqual(der.encodingOf(element), node.bytes)
      if (element.tag !== der.Tag.sequence) return
      const children = der.childrenOf(element)
      assert.equal(children.length, node.children.length)
      node.children.forEach((child, index) => {
        const found = children[index]
        assert.ok(found !== undefined)
        compare(found, child)
      })
    }
    fc.assert(fc.property(tree, (node) => compare(der.readDer(node.bytes), node)))
  })
})

describe('PEM', () => {
  test('is written in lines of 64 characters and read back, by label', () => {
    const bytes = Uint8Array.from({ length: 100 }, (_, i) => i)
    const text = `${der.writePem(bytes, 'CERTIFICATE')}${der.writePem(hex('00'), 'X509 CRL')}`
    assert.ok(text.split('\n').every((line) => line.length <= 64))
    assert.deepEqual(der.readPem(text, 'CERTIFICATE'), [bytes])
    assert.deepEqual(der.readPem(text.replaceAll('\n', '\r\n'), 'X509 CRL'), [hex('00')])
    assert.deepEqual(der.readPem('nothing', 'CERTIFICATE'), [])
  })
})

test('the order of a SET OF puts a prefix before what is longer', () => {
  assert.ok(der.compareBytes(hex('0101'), hex('010100')) < 0)
  assert.ok(der.compareBytes(hex('010100'), hex('0101')) > 0)
  assert.ok(der.compareBytes(hex('0102'), hex('010100')) > 0)
  assert.equal(der.compareBytes(hex('0101'), hex('0101')), 0)
})
