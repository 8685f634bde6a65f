// The document as a signer's browser gets it: under the name that the sender gave the file.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import contentDisposition from 'content-disposition'
import { pages } from '../../src/pages/routes/index.ts'
import { contract, startApi, upload } from '../http/harness.ts'
import { callsOf } from '../http/order-calls.ts'

test('the page names the file as the API does: percent-encoded by RFC 8187, whatever stands in the name', async () => {
  const harness = await startApi({}, async (api, { ports, publicUrl }) => {
    await api.register(pages, { ports, publicUrl, bankidOrigins: [] })
  })
  try {
    const tenant = await harness.tenant()
    const { opened } = callsOf(harness, tenant)
    for (const fileName of ["O'Hara (kopi)*.pdf", 'Årsregnskap 100 %.pdf', 'a"b;c=d.pdf', "'.pdf"]) {
      const id = await upload(harness, tenant, { ...contract, fileName })
      const order = await opened({ documents: [{ id }] })
      const token = String(order.signers[0].url).split('/').at(-1) ?? ''
      const page = await harness.api.inject({
        method: 'GET',
        url: `/sign/documents/${id}`,
        headers: { cookie: `segl_link=${token}` },
      })
      assert.equal(page.statusCode, 200, page.body)
      const api = await harness.api.inject({
        method: 'GET',
        url: `/v1/documents/${id}/original`,
        headers: tenant.headers,
      })
      const exact = (header: unknown) => /filename\*=UTF-8''([^;]*)$/.exec(String(header))?.[1] ?? ''
      const name = exact(page.headers['content-disposition'])
      // RFC 8187 § 3.2.1: attr-char and pct-encoded, nothing else.
      assert.match(name, /^(?:[A-Za-z0-9!#$&+.^_`|~-]|%[0-9A-F]{2})+$/)
      assert.equal(decodeURIComponent(name), fileName)
      assert.equal(
        contentDisposition.parse(String(page.headers['content-disposition'])).parameters['filename'],
        fileName,
      )
      assert.equal(exact(api.headers['content-disposition']), name)
    }
  } finally {
    await harness.close()
  }
})
