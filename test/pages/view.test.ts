import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { assetPrefix, assets, policyDirectives } from '../../src/pages/assets/manifest.ts'
import { html, link, render } from '../../src/pages/view/html.ts'
import { closedPage, donePage, problemPage, startPage } from '../../src/pages/view/index.ts'
import { languages, personCodes, problemText } from '../../src/text/index.ts'
import { documents, examplePages, frame, sha } from './examples.ts'

const attack = `"><script>alert(1)</script><img src=x onerror='a'>&`
const form = (action: string) => ({ action, csrf: 'token' })
const start = {
  organisation: { name: 'Fjordlys Regnskap AS', number: '987654325' },
  documents,
  deadline: null,
  sign: form('/sign/begin'),
  decline: form('/sign/decline'),
}

describe('templates', () => {
  test('whatever is put in is escaped, in text and in attributes, also in lists', () => {
    const made = render(html`<p title="${attack}">${[attack, html`<b>${attack}</b>`]}</p>`)
    assert.doesNotMatch(made, /<script|<img/)
    assert.equal(made.match(/<b>/g)?.length, 1)
    assert.equal(made.match(/&quot;&gt;&lt;script&gt;/g)?.length, 3)
  })

  test('an object that merely looks like HTML is not taken for it', () => {
    const forged = JSON.parse('{"html":"<script>","value":"<script>"}')
    assert.throws(() => render(html`${forged}`))
  })

  test('nothing shows of what is absent', () => {
    assert.equal(render(html`a${null}${undefined}${false}${0}b`), 'a0b')
  })

  for (const url of [
    'javascript:alert(1)',
    'data:text/html,x',
    '//evil.example',
    '/\\evil.example',
    'JaVaScRiPt:x',
    ' javascript:x',
    'https://',
    'vbscript:x',
  ]) {
    test(`a link never leads to ${url}`, () => assert.equal(link(url), '#'))
  }

  for (const url of ['/sign', '?language=nn', 'https://regnskap.example/retur?a=1', 'http://127.0.0.1:9000/']) {
    test(`a link leads to ${url}`, () => assert.equal(link(url), url))
  }
})

for (const language of languages) {
  describe(`the pages in ${language}`, () => {
    for (const [name, page] of Object.entries(examplePages(language))) {
      test(`${name}: language, title, one h1, landmarks, skip link, the other languages`, () => {
        assert.match(page, new RegExp(`^<!doctype html>\\n<html lang="${language}"`))
        assert.match(page, /<title>[^<]+ – Segl<\/title>/)
        assert.equal(page.match(/<h1>/g)?.length, 1)
        assert.match(page, /<a class="ds-skip-link" href="#content">/)
        assert.match(page, /<main id="content"/)
        for (const other of languages) {
          if (other !== language) assert.match(page, new RegExp(`hreflang="${other}"`))
        }
      })

      test(`${name}: nothing that a strict content security policy would block`, () => {
        assert.doesNotMatch(page, /\son\w+=|\sstyle=|<style|javascript:/i)
        for (const [, attributes = '', body = ''] of page.matchAll(/<script([^>]*)>([^<]*)<\/script>/g)) {
          assert.match(attributes, /src="\/assets\//)
          assert.equal(body, '')
        }
      })

      test(`${name}: every asset it asks for is in the manifest`, () => {
        for (const [, asked] of page.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)) {
          assert.ok(
            assets.some((asset) => `${assetPrefix}${asset.name}` === asked),
            asked,
          )
        }
      })

      test(`${name}: every form is a POST that carries the CSRF token`, () => {
        const forms = page.match(/<form[\s\S]*?<\/form>/g) ?? []
        for (const one of forms) {
          assert.match(one, /method="post"/)
          assert.match(one, /<input type="hidden" name="csrf" value="csrf-token-of-this-browser">/)
        }
      })

      test(`${name}: it says that this is a simulation`, () => assert.match(page, /class="simulated"/))
    }
  })
}

describe('the start page', () => {
  test('shows who asks and each document with size, pages, whole hash and its own bytes, and nothing of the person', () => {
    const page = startPage(frame('nb'), start)
    assert.match(page, /Fjordlys Regnskap AS ber deg lese og signere ett dokument\./)
    assert.match(page, /Årsregnskap · 10 sider · 76\u00a0kB/)
    for (const { url } of documents) assert.match(page, new RegExp(`href="${url}"`))
    const digits = [...page.matchAll(/<span>([0-9a-f]{8})<\/span>/g)].map(([, group]) => group).join('')
    assert.equal(digits, sha('a') + sha('b'))
    assert.match(page, /Vedlegg – signeres ikke/)
  })

  test('titles and names from outside are shown, not obeyed', () => {
    const page = startPage(frame('nb'), {
      ...start,
      organisation: { name: attack, number: attack },
      documents: documents.map((document) => ({ ...document, title: attack, url: 'javascript:alert(1)' })),
    })
    assert.doesNotMatch(page, /<script>|<img src=x|javascript:/)
  })
})

describe('the problem page', () => {
  for (const language of languages) {
    test(`in ${language}, tells every problem with what to do next`, () => {
      for (const code of personCodes) {
        const page = problemPage(frame(language), { code })
        const { title, next } = problemText(code, language)
        assert.ok(page.includes(`<h1>${render(html`${title}`)}</h1>`))
        assert.ok(page.includes(render(html`${next}`)))
      }
    })
  }

  test('offers another attempt where that can help, and only there', () => {
    const offers = (code: string) =>
      problemPage(frame('nb'), { code, sign: form('/sign/begin'), startUrl: '/sign' }).includes('action="/sign/begin"')
    for (const code of [
      'CEREMONY_CANCELLED',
      'CEREMONY_EXPIRED',
      'WRONG_PERSON',
      'LEVEL_TOO_LOW',
      'TRUST_SERVICE_UNAVAILABLE',
    ]) {
      assert.equal(offers(code), true, code)
    }
    for (const code of ['LINK_VOID', 'LINK_INVALID', 'SESSION_INVALID', 'STATE_CONFLICT']) {
      assert.equal(offers(code), false, code)
    }
  })

  test('never shows an inner code to a signer', () => {
    assert.doesNotMatch(problemPage(frame('nb'), { code: 'SECRET_WRONG' }), /SECRET_WRONG/)
  })
})

describe('the done page', () => {
  const done = {
    documents: [{ title: 'Årsregnskap 2025', sha256: sha('a'), signedAt: new Date('2026-11-22T13:03:27Z') }],
    name: 'Kari Nordmann',
    role: 'chair',
    onBehalfOf: null,
    signedAt: new Date('2026-11-22T13:03:27Z'),
    level: 'high' as const,
    together: [],
    orderId: '0193f0c2',
    remaining: 0,
    stopped: false,
    downloadUrl: null,
  }

  test('goes on to the accounting system by itself, and by a link for those who do not wait', () => {
    const url = 'https://regnskap.example/retur?order=1&outcome=signed'
    const page = donePage(frame('nb'), { ...done, next: { url, seconds: 8 } })
    assert.match(
      page,
      /<meta http-equiv="refresh" content="8;url=https:\/\/regnskap\.example\/retur\?order=1&amp;outcome=signed">/,
    )
    assert.match(page, /href="https:\/\/regnskap\.example\/retur\?order=1&amp;outcome=signed"/)
  })

  test('tells the time of the signature as the audit sheet does, to the second; of several, that of each', () => {
    const times = (page: string) => page.match(/\d{2}\.\d{2}\.\d{4} kl\.\u00a0\d{2}\.\d{2}\.\d{2}/g)
    assert.deepEqual(times(donePage(frame('nb'), { ...done, next: null })), ['22.11.2026 kl.\u00a014.03.27'])
    const second = { title: 'Bilag', sha256: sha('b'), signedAt: new Date('2026-11-22T13:03:29Z') }
    const several = donePage(frame('nb'), {
      ...done,
      signedAt: null,
      documents: [...done.documents, second],
      next: null,
    })
    assert.deepEqual(times(several), ['22.11.2026 kl.\u00a014.03.27', '22.11.2026 kl.\u00a014.03.29'])
  })

  test('says of an order that failed while it was being closed what is true, and not that everybody has signed', () => {
    for (const [language, kept, all] of [
      ['nb', /Signaturen din er tatt vare på/, /Alle har signert/],
      ['nn', /Signaturen din er teken vare på/, /Alle har signert/],
      ['en', /Your signature is kept/, /Everyone has signed/],
    ] as const) {
      assert.match(donePage(frame(language), { ...done, next: null }), all)
      const page = donePage(frame(language), {
        ...done,
        stopped: true,
        downloadUrl: '/sign/documents/1/signed',
        next: null,
      })
      assert.match(page, kept)
      assert.doesNotMatch(page, all)
      assert.match(page, /ennå ikke forseglet|enno ikkje forsegla|not yet sealed/)
    }
  })

  test('goes nowhere when the address is none', () => {
    const page = donePage(frame('nb'), { ...done, next: { url: 'javascript:alert(1)', seconds: 8 } })
    assert.doesNotMatch(page, /javascript:|url=#|http-equiv="refresh"/)
    assert.match(page, /Du kan lukke denne siden/)
  })
})

test('the page of an order that has ended goes where it says that it goes', () => {
  const url = 'https://regnskap.example/retur?order=1&outcome=cancelled'
  const page = closedPage(frame('nb'), { outcome: 'cancelled', next: { url, seconds: 8 } })
  assert.match(page, /Du sendes videre til regnskap\.example om 8 sekunder/)
  assert.match(page, /<meta http-equiv="refresh" content="8;url=https:\/\/regnskap\.example\/retur/)
  assert.doesNotMatch(closedPage(frame('nb'), { outcome: 'cancelled', next: null }), /http-equiv="refresh"/)
})

describe('the assets', () => {
  test('are all there', () => {
    for (const { file, name } of assets) assert.ok(existsSync(file), name)
  })

  test('load nothing from elsewhere', () => {
    for (const { file, name } of assets.filter(({ type }) => /css|javascript|svg/.test(type))) {
      const outside = readFileSync(file, 'utf8').match(/(?:url\(|@import|src=|href=)["'\s]*(?:https?:)?\/\/[^)"']*/g)
      assert.equal(outside, null, name)
    }
  })

  test('need a policy that allows nothing but our own origin and icons in the style sheet', () => {
    const sources = new Set(Object.values(policyDirectives).flat())
    assert.deepEqual([...sources].sort(), ["'none'", "'self'", 'data:'])
  })
})
