// What is accepted as drawable has a glyph of its own in both weights, so that no sheet shows the replacement for it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isDrawableText } from '../../src/accounting/drawable-text.ts'
import { face } from '../../src/sheet/typeface.ts'

test('every accepted letter has a glyph, and every letter of the typeface is accepted', () => {
  for (const weight of ['regular', 'semibold'] as const) {
    const { glyphs } = face(weight)
    const [missing] = glyphs('\u25ca').ids
    let accepted = 0
    for (let codePoint = 0x21; codePoint < 0x20000; codePoint += 1) {
      const letter = String.fromCodePoint(codePoint)
      if (codePoint === 0x25ca || (codePoint >= 0xd800 && codePoint <= 0xdfff)) continue
      if (/[\p{C}\p{Z}\uffff]/u.test(letter)) continue
      // After a plain letter, because a mark alone is no text; both may compose to a letter that the typeface lacks.
      const drawable = isDrawableText(`a${letter}`)
      const shown = !glyphs(`a${letter}`).ids.some((id) => id === missing || id === 0)
      assert.equal(drawable, shown, codePoint.toString(16))
      if (drawable) accepted += 1
    }
    assert.ok(accepted > 500)
  }
})

test('Norwegian, Northern Sámi and hyphens are accepted; emoji, Han, Cyrillic and Skolt Sámi are not', () => {
  for (const text of ['Avtale Lie\u2011Haugen', 'Čáhppes Đŋŧž', 'Sør\u00adlandet', 'A\u030astad'])
    assert.ok(isDrawableText(text), text)
  for (const text of ['Avtale 😀', '王', 'Жанна', 'Ωmega', 'Ääʹvv', 'Sää’mǩiõll', '◊'])
    assert.ok(!isDrawableText(text), text)
})
