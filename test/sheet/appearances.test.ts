import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { auditAppearance, drawSheets, signatureAppearance, slotSize } from '../../src/sheet/index.ts'
import { languages } from '../../src/text/index.ts'
import { needs } from '../support/outside.ts'
import { auditInput, exampleDocument, people, sheetsInput } from './examples.ts'
import { overlaps, reader } from './reading.ts'

const read = reader(await drawSheets(sheetsInput('nb', 2)))
const person = { language: 'nb', role: 'chair', onBehalfOf: null, level: 'high' } as const

const names = [
  'Kari Nordmann',
  'Ánne Márjá Čáppagiettis-Đŋšŧž',
  'Maximiliane-Antoinette Charlotta Fredriksen von Hohenlohe-Langenburg Østensjøvatnet og flere til på samme linje',
  'W'.repeat(200),
  '',
  '   ',
  '\u202eKari\u0000\nNordmann\u200b',
  '王小明',
  'Кари Нордман',
  '🦌 Rein \ud800',
  'Nguye\u0302\u0303n',
]

describe('signature appearance', () => {
  for (const name of names) {
    test(`stays inside its field and touches nothing with the name ${JSON.stringify(name.slice(0, 40))}`, () => {
      const long = 'Fjordlys Regnskap, Revisjon og Rådgivning Nord-Troms og Vest-Finnmark AS'
      for (const onBehalfOf of [null, long]) {
        const appearance = signatureAppearance({ ...person, name, onBehalfOf })
        const lines = read.lines(appearance.content)
        assert.deepEqual(appearance.bbox, [0, 0, slotSize.width, slotSize.height])
        assert.deepEqual(overlaps(lines), [])
        for (const line of lines) {
          assert.ok(line.x >= 0 && line.x + line.width <= slotSize.width, `"${line.text}" is too wide`)
          assert.ok(
            line.y - line.size * 0.22 >= 0 && line.y + line.size * 0.95 <= slotSize.height,
            `"${line.text}" is too high`,
          )
        }
      }
    })
  }

  test('it says the name as BankID gave it, the capacity, the level, and that it is simulated; and no time, which only the time-stamp has', () => {
    const appearance = signatureAppearance({ ...person, name: 'Ánne Márjá Čáppagiettis', onBehalfOf: 'Fjordlys AS' })
    assert.deepEqual(
      read
        .lines(appearance.content)
        .map(({ text }) => text)
        .sort(),
      [
        'Ánne Márjá Čáppagiettis',
        'Styreleder på vegne av Fjordlys AS',
        'Signert elektronisk med BankID (SIMULERT)',
        'Sikkerhetsnivå høyt · Tidspunkt: se tidsstempelet',
      ].sort(),
    )
  })

  test('a letter that the font lacks shows as a lozenge, never as nothing and never as .notdef', () => {
    const { content } = signatureAppearance({ ...person, name: 'Wang 王\u202e' })
    assert.ok(read.lines(content).some(({ text }) => text === 'Wang ◊◊'))
    assert.doesNotMatch(Buffer.from(content).toString('latin1'), /<(?:[0-9a-f]{4})*0000/)
  })

  test('typographic hyphens are drawn as hyphens, and soft ones as nothing', () => {
    const { content } = signatureAppearance({ ...person, name: 'Lie\u2011Haugen Sør\u00adlie An\u2010Li' })
    assert.ok(read.lines(content).some(({ text }) => text === 'Lie-Haugen Sørlie An-Li'))
  })

  test('it draws only with resources that the sheets hand over', async () => {
    const sheets = await drawSheets(sheetsInput('nb', 2))
    const { resources } = signatureAppearance({ ...person, name: 'Kari' })
    const wanted = Object.values(resources).flatMap((names) => Object.values(names))
    assert.deepEqual([...wanted].sort(), Object.keys(sheets.resources).sort())
  })

  test('the font resource names the version of the font, since glyph numbers hold in no other', () => {
    const { resources } = signatureAppearance({ ...person, name: 'Kari' })
    for (const name of Object.values(resources['Font'] ?? {})) assert.match(name, /^public-sans-\w+-[0-9a-f]{8}$/)
  })

  test('another size of field is filled as a whole', () => {
    const appearance = signatureAppearance({ ...person, name: 'Kari Nordmann', size: { width: 120, height: 40 } })
    assert.deepEqual(appearance.bbox, [0, 0, 120, 40])
    for (const { x, y, width, size } of read.lines(appearance.content)) {
      assert.ok(x + width <= 120 && y + size * 0.95 <= 40)
    }
  })
})

describe('audit appearance', () => {
  for (const language of languages) {
    for (const [signers, events] of [
      [1, 0],
      [2, 12],
      [6, 60],
      [20, 200],
      [40, 1000],
    ] as const) {
      test(`in ${language}, ${signers} signers and ${events} events fit one page without touching`, () => {
        const appearance = auditAppearance(auditInput(language, signers, events))
        const lines = read.lines(appearance.content)
        assert.deepEqual(overlaps(lines), [])
        for (const line of lines) {
          assert.ok(line.size >= 5, `"${line.text}" is too small`)
          assert.ok(line.x >= 50 && line.x + line.width <= 545.3, `"${line.text}" leaves the column`)
          assert.ok(line.y > 20 && line.y < 820, `"${line.text}" leaves the page`)
        }
      })
    }
  }

  test('every signature is there with name, role, both times, level and certificate, however many there are', () => {
    const input = auditInput('nb', 38, 500)
    const said = read.lines(auditAppearance(input).content).map(({ text }) => text)
    for (const signer of input.signers) {
      assert.ok(said.some((line) => line.includes(signer.certificate.serial)))
      assert.ok(said.some((line) => line.startsWith(signer.name.slice(0, 30))))
    }
    assert.equal(said.filter((line) => / UTC · nivå høyt$/.test(line)).length, 38)
    assert.ok(said.some((line) => line.includes('utstedt av Simulert BankID TEST Person CA 1')))
  })

  for (const [signers, events] of [
    [1, 12],
    [6, 60],
    [40, 1000],
  ] as const) {
    test(`where BankID's name is not the one of the order, both are told on one page with ${signers} signers`, () => {
      const input = auditInput('nb', signers, events)
      const renamed = input.signers.map((signer, index) => ({ ...signer, orderedName: `Oppgitt Navn ${index}` }))
      const lines = read.lines(auditAppearance({ ...input, signers: renamed }).content)
      assert.deepEqual(overlaps(lines), [])
      for (const [index, { name }] of renamed.entries()) {
        assert.ok(
          lines.some(({ text }) => new RegExp(`Oppgitt av avsenderen som Oppgitt Navn ${index}( |$)`).test(text)),
        )
        assert.ok(lines.some(({ text }) => text.startsWith(name.slice(0, 25))))
      }
      for (const line of lines) assert.ok(line.y > 20 && line.y < 820, `"${line.text}" leaves the page`)
    })
  }

  test('what is left out of the events is counted', () => {
    const said = read.lines(auditAppearance(auditInput('nb', 20, 90)).content).map(({ text }) => text)
    const more = said.map((line) => /^… (\d+) hendelser til/.exec(line)?.[1]).find(Boolean)
    const shown = said.filter((line) => /^\d\d\.\d\d\.\d\d$/.test(line)).length
    assert.equal(Number(more) + shown, 90)
  })

  test('events on several days carry their date', () => {
    const input = auditInput('nb', 1, 2)
    const [first, second] = input.events
    assert.ok(first && second)
    const later = { ...second, time: new Date(second.time.getTime() + 86_400_000) }
    const said = read.lines(auditAppearance({ ...input, events: [first, later] }).content).map(({ text }) => text)
    assert.ok(said.includes('22.11.2026 kl.\u00a013.48.27') && said.includes('23.11.2026 kl.\u00a013.48.34'))
  })

  test('it names the hashes, the trail head, the seal and the simulation', () => {
    const input = auditInput('en', 2, 4)
    const said = read.lines(auditAppearance(input).content).map(({ text }) => text)
    const digits = said.filter((line) => /^[0-9a-f]{8}$/.test(line)).join('')
    for (const hash of [input.uploadSha256, input.signedSha256 ?? '', input.trailHead]) assert.ok(digits.includes(hash))
    assert.ok(said.includes('Seal: Fjordlys Regnskap AS'))
    assert.ok(said.some((line) => line.startsWith('SIMULATED: ')))
  })

  test('the seal tells no time of its own: it is drawn before it is sealed', () => {
    for (const language of languages) {
      const input = { ...auditInput(language, 1, 0), signers: [] }
      const said = read.lines(auditAppearance(input).content).map(({ text }) => text)
      for (const line of said) assert.doesNotMatch(line, /\d{2}[.:]\d{2}[.:]\d{2}|UTC$/, line)
      assert.ok(
        said.includes(
          { nb: 'Tidspunkt: se tidsstempelet', nn: 'Tidspunkt: sjå tidsstempelet', en: 'Time: see the time-stamp' }[
            language
          ],
        ),
      )
    }
  })

  test('who was asked and did not sign is named', () => {
    const input = { ...auditInput('nb', 1, 3), outcome: 'declined' as const }
    const notSigned = people(3).slice(1)
    const said = read.lines(auditAppearance({ ...input, notSigned }).content).map(({ text }) => text)
    assert.ok(said.includes('Ikke signert: Ola Bjørnstad Ødegård, Styremedlem'))
    assert.ok(said.includes('Avslått'))
  })

  test('the same input gives the same bytes', () => {
    const once = auditAppearance(auditInput('nn', 5, 20)).content
    assert.deepEqual(once, auditAppearance(auditInput('nn', 5, 20)).content)
  })
})

describe('the finished paper', () => {
  test('is read by poppler with every name and letter in its place', { skip: needs('pdftotext', 'qpdf') }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'segl-sheet-'))
    try {
      const path = join(folder, 'sheet.pdf')
      writeFileSync(path, await exampleDocument('nb', 6, 20))
      execFileSync('qpdf', ['--check', path])
      const said = execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' })
      for (const { name } of people(6)) assert.ok(said.replace(/\s+/g, ' ').includes(name.split(' ')[0] ?? ''))
      assert.match(said, /a7c3f90a\s+1be52d84/)
      assert.match(said, /Ánne Márjá Čáppagiettis/)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
