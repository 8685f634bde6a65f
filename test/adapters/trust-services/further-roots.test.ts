// Trust services beside BankID: a time-stamping authority, and an issuer, under a root of its own.
import assert from 'node:assert/strict'
import { createHash, X509Certificate } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { createOutsideCall } from '../../../src/adapters/trust-services/outside-call.ts'
import { createRevocationSource } from '../../../src/adapters/trust-services/revocation.ts'
import { readFurtherRoots } from '../../../src/adapters/trust-services/trust-root.ts'
import { createTimestampAuthority } from '../../../src/adapters/trust-services/tsa.ts'
import { isSeglError } from '../../../src/errors.ts'
import { clock, type Island, startIsland } from './island.ts'

const imprint = createHash('sha256').update('signature value').digest()

describe('a trust service under another root', () => {
  let bankid: Island
  let elsewhere: Island
  let file: string
  before(async () => {
    bankid = await startIsland()
    elsewhere = await startIsland()
    file = join(bankid.folder, 'further.pem')
    await writeFile(file, `A bought one.\n${elsewhere.root.pem}`)
  })
  after(async () => {
    await bankid.close()
    await elsewhere.close()
  })

  const callOf = (furtherOrigins: readonly string[]) => createOutsideCall({ url: bankid.url, furtherOrigins })
  const anchors = async () => [bankid.root.certificate, ...(await readFurtherRoots(file))]

  it('stamps, where its host and its root are named', async () => {
    const ask = (trustAnchors: readonly Uint8Array[], origins: readonly string[]) =>
      createTimestampAuthority({
        call: callOf(origins),
        clock,
        urls: [`${elsewhere.url}/tsa`],
        trustAnchors,
      }).timestamp(imprint)
    await assert.rejects(ask([bankid.root.certificate], [elsewhere.url]), (error) =>
      isSeglError(error, 'CERTIFICATE_INVALID'),
    )
    await assert.rejects(ask(await anchors(), []), (error) => isSeglError(error, 'TRUST_SERVICE_REFUSED'))
    assert.ok((await ask(await anchors(), [elsewhere.url])).token.length > 0)
  })

  it('vouches for its certificates likewise', async () => {
    const pem = await (await fetch(`${elsewhere.url}/certs/tsa.pem`)).text()
    const data = async (trustAnchors: readonly Uint8Array[]) =>
      createRevocationSource({ call: callOf([elsewhere.url]), trustAnchors }).validationData({
        certificate: new Uint8Array(new X509Certificate(pem).raw),
        candidates: [],
        at: new Date(),
      })
    await assert.rejects(data([bankid.root.certificate]), (error) => isSeglError(error, 'CERTIFICATE_INVALID'))
    assert.equal((await data(await anchors())).ocsps.length, 1)
  })

  it('is not believed by a file that is missing, empty, or holds anything but roots', async () => {
    const issuing = await (await fetch(`${elsewhere.url}/certs/persons.pem`)).text()
    const contents = ['', 'rubbish', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----', issuing]
    for (const content of [...contents, `${elsewhere.root.pem}${issuing}`]) {
      const wrong = join(bankid.folder, 'wrong.pem')
      await writeFile(wrong, content)
      await assert.rejects(readFurtherRoots(wrong), (error) => isSeglError(error, 'CONFIG_INVALID'), content)
    }
    await assert.rejects(readFurtherRoots(join(bankid.folder, 'none.pem')), (error) =>
      isSeglError(error, 'CONFIG_INVALID'),
    )
  })
})
