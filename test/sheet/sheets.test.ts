import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { describe, test } from 'node:test'
import { inflateSync } from 'node:zlib'
import { isSeglError } from '../../src/errors.ts'
import { isArray, isDict, isNewStream, nameOf, type SheetObjects } from '../../src/kernel/pdf/index.ts'
import { drawSheets, slotSize } from '../../src/sheet/index.ts'
import { languages } from '../../src/text/index.ts'
import { sheetsInput } from './examples.ts'
import { overlaps, reader } from './reading.ts'
import { standalonePdf } from './standalone.ts'

const long =
  'Engasjementsavtale om rådgivning, regnskapsføring og årsoppgjør for regnskapsårene 2025, 2026 og 2027 med vedlegg om databehandling og taushetsplikt, samt en bestemmelse som ikke får plass'

const body = (sheets: SheetObjects, number: number) => sheets.objects.find((object) => object.number === number)?.body

describe('signature sheets', () => {
  for (const language of languages) {
    for (const signers of [2, 6, 38]) {
      test(`in ${language}, no two texts touch and none leaves the paper with ${signers} signers and 2 spare slots`, async () => {
        const sheets = await drawSheets(sheetsInput(language, signers, 2, long))
        const read = reader(sheets)
        for (const index of sheets.pages.keys()) {
          const lines = read.lines(read.page(index))
          assert.deepEqual(overlaps(lines), [])
          for (const line of lines) {
            assert.ok(line.x >= 50 && line.x + line.width <= 545.3, `"${line.text}" leaves the column`)
            assert.ok(line.y > 20 && line.y < 820, `"${line.text}" leaves the page`)
          }
        }
      })
    }
  }

  test('every slot has a place of its own on the paper, whatever their number', async () => {
    for (let slots = 1; slots <= 40; slots++) {
      const sheets = await drawSheets(sheetsInput('nb', slots, 0))
      const places = sheets.pages.flatMap((page, index) => page.slots.map((place) => ({ ...place, page: index })))
      assert.deepEqual(
        places.map(({ slot }) => slot),
        Array.from({ length: slots }, (_, index) => index + 1),
      )
      for (const [index, { page, rect }] of places.entries()) {
        const [left, bottom, right, top] = rect
        assert.ok(left > 50 && right < 545 && bottom > 50 && top < 800)
        assert.ok(Math.abs(right - left - slotSize.width) < 0.02 && Math.abs(top - bottom - slotSize.height) < 0.02)
        for (const other of places.slice(index + 1)) {
          if (other.page !== page) continue
          const apart =
            other.rect[0] >= right || other.rect[2] <= left || other.rect[1] >= top || other.rect[3] <= bottom
          assert.ok(apart, `slots ${index + 1} and ${other.slot} overlap`)
        }
      }
    }
  })

  test('no printed text lies in a slot, where a signature will be drawn', async () => {
    const sheets = await drawSheets(sheetsInput('nb', 12))
    const read = reader(sheets)
    for (const [index, page] of sheets.pages.entries()) {
      for (const { rect } of page.slots) {
        const inside = read.lines(read.page(index)).filter(({ x, y, width, size }) => {
          return x < rect[2] && x + width > rect[0] && y < rect[3] && y + size * 0.72 > rect[1]
        })
        assert.deepEqual(inside, [])
      }
    }
  })

  test('they say what is signed, for whom, and that signatures are simulated', async () => {
    const sheets = await drawSheets(sheetsInput('nn', 2))
    const read = reader(sheets)
    const said = read.lines(read.page(0)).map(({ text }) => text)
    const whole = said.join('\n')
    assert.ok(said.includes('Signaturar') && said.includes('Årsregnskap 2025'))
    assert.match(whole, /Fjordlys Regnskap AS, org\.nr\. 987\u00a0654\u00a0325/)
    assert.match(whole, /10 sider, 76\u00a0kB \(75\u00a0565 byte\)/)
    assert.equal(said.filter((line) => /^[0-9a-f]{8}$/.test(line)).join(''), sheetsInput('nn', 2).uploadSha256)
    assert.match(whole, /korkje kvalifiserte eller avanserte/)
    assert.ok(said.includes('Styreleiar') && said.includes('Styremedlem'))
    assert.ok(!whole.includes('Reservefelt'), 'an empty spare field is no signature that is missing')
  })

  test('the audit sheet is one blank page that belongs to the seal as a whole, after the signature sheets', async () => {
    const sheets = await drawSheets(sheetsInput('nb', 20))
    const seals = sheets.pages.filter((page) => page.seal !== undefined)
    assert.equal(seals.length, 1)
    assert.equal(sheets.pages.at(-1), seals[0])
    assert.deepEqual(seals[0]?.seal, [0, 0, 595.28, 841.89])
    assert.deepEqual(seals[0]?.slots, [])
    assert.equal(reader(sheets).page(sheets.pages.length - 1).length, 0)
  })

  test('more than 40 slots are refused with a code', async () => {
    await assert.rejects(drawSheets(sheetsInput('nb', 39, 2)), (error) => isSeglError(error, 'SIGNERS_INVALID'))
  })

  test('the same order gives the same bytes, also in a process of its own', async () => {
    const { execFileSync } = await import('node:child_process')
    const { createHash } = await import('node:crypto')
    const digest = async () =>
      createHash('sha256')
        .update(standalonePdf(await drawSheets(sheetsInput('nb', 6))))
        .digest('hex')
    const examples = JSON.stringify(new URL('./examples.ts', import.meta.url).href)
    const standalone = JSON.stringify(new URL('./standalone.ts', import.meta.url).href)
    const room = JSON.stringify(new URL('../../src/sheet/index.ts', import.meta.url).href)
    const program = `
      const [{ sheetsInput }, { standalonePdf }, { drawSheets }, { createHash }] = await Promise.all([
        import(${examples}), import(${standalone}), import(${room}), import('node:crypto')])
      const pdf = standalonePdf(await drawSheets(sheetsInput('nb', 6)))
      process.stdout.write(createHash('sha256').update(pdf).digest('hex'))`
    const other = execFileSync(process.execPath, [...process.execArgv, '--input-type=module', '-e', program], {
      encoding: 'utf8',
      cwd: new URL('../..', import.meta.url),
    })
    assert.equal(await digest(), other)
    assert.equal(await digest(), await digest())
  })
})

describe('what PDF/A asks of our pages', () => {
  test('both fonts are embedded whole, with widths and /ToUnicode, under names without subset tag', async () => {
    const sheets = await drawSheets(sheetsInput('nb', 2))
    const embedded = sheets.objects.flatMap(({ body: object }) => {
      if (!isDict(object) || nameOf(object.get('Type')) !== 'FontDescriptor') return []
      const reference = object.get('FontFile2')
      assert.ok(typeof reference === 'object' && reference !== null && 'number' in reference)
      const stream = body(sheets, reference.number)
      assert.ok(isNewStream(stream))
      return [{ name: nameOf(object.get('FontName')), file: inflateSync(stream.data) }]
    })
    assert.deepEqual(embedded.map(({ name }) => name).sort(), ['PublicSans-Regular', 'PublicSans-SemiBold'])
    const resolve = createRequire(import.meta.url).resolve
    const regular = readFileSync(resolve('@expo-google-fonts/public-sans/400Regular/PublicSans_400Regular.ttf'))
    assert.ok(embedded.some(({ file }) => file.equals(regular)))
    const type0 = sheets.objects.filter(
      ({ body: object }) => isDict(object) && nameOf(object.get('Subtype')) === 'Type0',
    )
    assert.equal(type0.length, 2)
    for (const { body: object } of type0) assert.ok(isDict(object) && object.has('ToUnicode'))
  })

  test('colours are ICC-based by default, and nothing is transparent, hidden or interactive', async () => {
    const sheets = await drawSheets(sheetsInput('nb', 20))
    for (const name of ['rgb', 'gray']) {
      const space = body(sheets, sheets.resources[name] ?? 0)
      assert.ok(isArray(space) && nameOf(space[0]) === 'ICCBased')
    }
    const read = reader(sheets)
    for (const [index, page] of sheets.pages.entries()) {
      const dictionary = body(sheets, page.object)
      assert.ok(isDict(dictionary))
      assert.deepEqual([...dictionary.keys()].sort(), ['Contents', 'MediaBox', 'Resources', 'Type'])
      assert.doesNotMatch(Buffer.from(read.page(index)).toString('latin1'), /\b(gs|Do|sh|cs|CS|k|K|BI)\b/)
    }
    const keys = sheets.objects.flatMap(({ body: object }) => (isDict(object) ? [...object.keys()] : []))
    for (const forbidden of ['SMask', 'ca', 'CA', 'BM', 'Annots', 'AA', 'OC', 'JS'])
      assert.ok(!keys.includes(forbidden))
  })

  test('the profiles are ICC version 2 display profiles whose tags lie inside the file', async () => {
    const sheets = await drawSheets(sheetsInput('nb', 1))
    for (const [name, space] of [
      ['rgb', 'RGB '],
      ['gray', 'GRAY'],
    ] as const) {
      const array = body(sheets, sheets.resources[name] ?? 0)
      const reference = isArray(array) ? array[1] : undefined
      assert.ok(typeof reference === 'object' && reference !== null && 'number' in reference)
      const stream = body(sheets, reference.number)
      assert.ok(isNewStream(stream))
      assert.ok(stream.data.length < 3000, 'the profile is small')
      const profile = inflateSync(stream.data)
      assert.equal(profile.readUInt32BE(0), profile.length)
      assert.equal(profile[8], 2)
      assert.equal(profile.toString('latin1', 12, 20), `mntr${space}`)
      assert.equal(profile.toString('latin1', 36, 40), 'acsp')
      const tags = profile.readUInt32BE(128)
      for (let tag = 0; tag < tags; tag++) {
        const offset = profile.readUInt32BE(136 + 12 * tag)
        assert.ok(offset % 4 === 0 && offset + profile.readUInt32BE(140 + 12 * tag) <= profile.length)
      }
    }
  })
})
