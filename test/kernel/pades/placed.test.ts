// Signatures on pages of the upload: where they were asked for, upright, whatever the page's box and rotation, and nothing else changed.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { isSeglError } from '../../../src/errors.ts'
import { writePem } from '../../../src/kernel/der/index.ts'
import { prepareSigned } from '../../../src/kernel/pades/index.ts'
import {
  bytesSource,
  formFields,
  isArray,
  isRef,
  openPdf,
  type PlacedSlot,
  pagesOf,
  preflight,
  visiblePage,
} from '../../../src/kernel/pdf/index.ts'
import { type Case, dss, pdfsig, programs, pyhanko, qpdf } from '../../conformance/judges.ts'
import { taggedPdf } from '../../conformance/tagged-pdf.ts'
import { needs } from '../../support/outside.ts'
import { classicPdf, pagesWithInline, signedPdf } from '../pdf/build.ts'
import { type Authority, openAuthority } from './authority.ts'
import { algorithmOf, type Document, prepare, sign, signAll } from './ceremony.ts'
import { drawnWith, plainSheet, signatureAppearance } from './sheet.ts'

/** A page that shows 400 × 250 points (or turned), from a box that does not begin at zero. */
const page = (rotate: number, more = '') =>
  classicPdf({
    objects: {
      3: `<</Type /Page /Parent 2 0 R /MediaBox [-30 40 500 460] /CropBox [20 100 420 350] /Rotate ${rotate} /Resources <<>> /Contents 4 0 R ${more}>>`,
    },
  })
const place = { slot: 1, page: 1, x: 30, y: 50, width: 130, height: 40 }
const placed = (...slots: readonly PlacedSlot[]) => {
  const sheet = plainSheet(3)
  const taken = slots.map(({ slot }) => slot)
  const pages = sheet.pages.map((one) => ({ ...one, slots: one.slots.filter(({ slot }) => !taken.includes(slot)) }))
  return { ...sheet, pages, placed: slots }
}

/** Bounds of what is not white, in points from the upper left, on the first page as poppler shows it. */
function inked(bytes: Buffer, folder: string): { left: number; top: number; right: number; bottom: number } {
  const file = join(folder, 'shown.pdf')
  writeFileSync(file, bytes)
  execFileSync('pdftoppm', ['-r', '72', '-f', '1', '-l', '1', '-cropbox', '-gray', file, join(folder, 'shown')])
  const image = readFileSync(join(folder, firstOf(folder)))
  const [, width = '0', height = '0'] =
    /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(image.subarray(0, 40).toString('latin1')) ?? []
  const start = image.length - Number(width) * Number(height)
  const bounds = { left: Number(width), top: Number(height), right: 0, bottom: 0 }
  for (let y = 0; y < Number(height); y += 1) {
    for (let x = 0; x < Number(width); x += 1) {
      if ((image[start + y * Number(width) + x] ?? 255) > 200) continue
      bounds.left = Math.min(bounds.left, x)
      bounds.right = Math.max(bounds.right, x)
      bounds.top = Math.min(bounds.top, y)
      bounds.bottom = Math.max(bounds.bottom, y)
    }
  }
  return bounds
}

const firstOf = (folder: string): string =>
  execFileSync('ls', [folder], { encoding: 'utf8' })
    .split('\n')
    .find((name) => /^shown-0*1\.pgm$/.test(name)) ?? ''

describe('a signature on a page of the upload', { skip: needs('openssl') }, () => {
  let authority: Authority
  const folder = mkdtempSync(join(tmpdir(), 'segl-placed-'))
  const signers = [{ name: 'Kari Nordmann', algorithm: 'ecdsa-p256' }] as const
  before(async () => {
    authority = await openAuthority()
  })
  after(() => {
    authority.close()
    rmSync(folder, { recursive: true, force: true })
  })

  for (const rotate of [0, 90, 180, 270, -90]) {
    test(`is shown where it was asked for on a page turned by ${rotate}`, { skip: needs('pdftoppm') }, async () => {
      const { final } = await signAll(page(rotate, ''), placed(place), authority, signers)
      // The content of the page itself lies outside of what is visible.
      const { left, top, right, bottom } = inked(final.bytes, folder)
      assert.ok(left >= place.x - 1 && right <= place.x + place.width + 1, `${left} to ${right} across`)
      assert.ok(top >= place.y - 1 && bottom <= place.y + place.height + 1, `${top} to ${bottom} down`)
      // Upright text is wider than it is high.
      assert.ok(right - left > 3 * (bottom - top), `${right - left} by ${bottom - top}`)
    })
  }

  test('the page as shown has the size of its crop box, turned', () => {
    for (const [rotate, width, height] of [
      [0, 400, 250],
      [90, 250, 400],
    ] as const) {
      const file = openPdf(bytesSource(page(rotate)))
      const [first] = pagesOf(file)
      const visible = first && visiblePage(file, first)
      assert.deepEqual([visible?.width, visible?.height], [width, height])
    }
  })

  test('a place that is not on the page, or on no page, is refused', () => {
    for (const wrong of [{ x: 300 }, { y: 220 }, { page: 2 }]) {
      assert.throws(
        () => prepare(page(0), placed({ ...place, ...wrong })),
        (error: unknown) => isSeglError(error, 'SIGNATURE_PLACE_INVALID'),
      )
    }
  })

  test('annotations that were there stay first, and several signatures may share a page', () => {
    const upload = page(0, '/Annots [<</Type /Annot /Subtype /Link /Rect [30 110 60 130] /Border [0 0 0]>>]')
    const { bytes } = prepare(upload, placed(place, { ...place, slot: 2, y: 120 }))
    const file = openPdf(bytesSource(bytes))
    const [first] = pagesOf(file)
    const list = file.resolve(first?.dict.get('Annots'))
    assert.ok(Array.isArray(list) && list.length === 3)
    const fields = formFields(file).filter(({ name }) => /Sig-0[12]$/.test(name))
    assert.deepEqual(
      list.slice(1).map((one) => one),
      fields.map(({ ref }) => ref),
    )
  })

  const link = '<</Type /Annot /Subtype /Link /Rect [30 110 60 130] /Border [0 0 0]>>'
  const pageObject = (rotate: number, list: string) =>
    `<</Type /Page /Parent 2 0 R /MediaBox [-30 40 500 460] /CropBox [20 100 420 350] /Rotate ${rotate} /Resources <<>> /Contents 4 0 R /Annots ${list}>>`

  /** Somebody has signed; two more are shown on the first page. */
  async function shownBehind(upload: Buffer) {
    const identity = await authority.issue('Kari Nordmann', 'ecdsa-p256')
    const signed = (document: Document, slot: number, name: string) => {
      const request = { slot, name, signingTime: new Date(), appearance: signatureAppearance(name), drawnWith }
      return sign(document, authority, identity, algorithmOf('ecdsa-p256'), request)
    }
    const { bytes } = signed(prepare(upload, plainSheet(1)), 1, 'Kari')
    const state = prepareSigned(bytesSource(bytes), 2, [place, { ...place, slot: 2, y: 120 }])
    return signed(signed({ bytes, state }, 1, 'Siri'), 2, 'Per').bytes
  }

  for (const rotate of [0, 90, 180, 270]) {
    test(`behind the signature of another it is shown where it was asked for, on a page turned by ${rotate}`, {
      skip: needs('pdftoppm', 'qpdf'),
    }, async () => {
      const upload = classicPdf({ objects: { 3: pageObject(rotate, '6 0 R'), 6: '[7 0 R]', 7: link } })
      const bytes = await shownBehind(upload)
      const file = openPdf(bytesSource(bytes))
      const [first] = pagesOf(file)
      const names = ['a-Segl-Sig-01', 'Segl-Sig-02'].map(
        (wanted) => formFields(file).find(({ name }) => name === wanted)?.ref?.number,
      )
      const list = file.resolve(first?.dict.get('Annots'))
      assert.ok(isArray(list))
      assert.deepEqual(
        list.map((one) => (isRef(one) ? one.number : undefined)),
        [7, ...names],
      )
      const { left, top, right, bottom } = inked(bytes, folder)
      assert.ok(left >= place.x - 1 && right <= place.x + place.width + 1, `${left} to ${right} across`)
      assert.ok(top >= place.y - 1 && bottom <= 120 + place.height + 1, `${top} to ${bottom} down`)
      const written = join(folder, 'behind.pdf')
      writeFileSync(written, bytes)
      assert.deepEqual((await qpdf({ file: written, trust: '', signers: 3, at: [], strict: true }))[0]?.reasons, [])
    })
  }

  test('behind the signature of another a page whose annotations are no objects of their own can show none', async () => {
    const upload = classicPdf({ objects: { 3: pageObject(0, `[${link}]`) } })
    await assert.rejects(shownBehind(upload), (error: unknown) => isSeglError(error, 'SIGNATURE_PLACE_INVALID'))
  })

  test('pre-flight names the pages on which that is so, and no others', () => {
    const bytes = signedPdf({ objects: pagesWithInline([true, false, true, true, false]) })
    const { unshowable } = preflight(bytesSource(bytes))
    const at = (page: number) => ({ ...place, page, width: 60, height: 40 })
    for (const page of [1, 2, 3, 4, 5]) {
      const open = () => prepareSigned(bytesSource(bytes), 1, [at(page)])
      if (unshowable.some(({ from, to }) => from <= page && page <= to)) assert.throws(open, /no objects of their own/)
      else assert.equal(open().pages?.length, 1)
    }
    assert.equal(prepareSigned(bytesSource(bytes), 1).pages, undefined)
  })

  test('every judge accepts it, tagged or not', {
    skip: needs(programs.python, programs.java, programs.dssJar, 'pdfsig', 'qpdf'),
  }, async () => {
    const trust = join(folder, 'root.pem')
    writeFileSync(trust, writePem(authority.root, 'CERTIFICATE'))
    const cases: Case[] = []
    for (const [name, upload] of [
      ['turned', page(90)],
      ['tagged', await taggedPdf('ua1')],
    ] as const) {
      const { final } = await signAll(upload, placed(place), authority, signers)
      const file = join(folder, `${name}.pdf`)
      writeFileSync(file, final.bytes)
      cases.push({ file, trust, signers: 1, at: [], strict: true })
    }
    for (const one of cases) {
      for (const judge of [pyhanko, pdfsig, qpdf]) assert.deepEqual((await judge(one))[0]?.reasons, [])
    }
    for (const { reasons } of await dss(cases)) assert.deepEqual(reasons, [])
  })
})
