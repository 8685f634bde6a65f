// openssl as a judge of the CMS objects in a file: `cms -verify -cades` at the time of signing, `ts -verify` for every time-stamp.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseSignedData } from '../../src/kernel/cms/index.ts'
import { bytesSource, openPdf, signatures } from '../../src/kernel/pdf/index.ts'
import { run } from './judges.ts'

export type Words = { readonly cms: readonly string[]; readonly ts: readonly string[] }

/** Each verdict is `ok` or openssl's reason. `chain` is PEM of what lies between, `root` of the trust anchor. */
export async function openssl(
  file: Uint8Array,
  folder: string,
  given: { readonly root: string; readonly chain: string; readonly signedAt: Date; readonly at: Date },
): Promise<Words> {
  const place = (name: string) => join(folder, name)
  const cms: string[] = []
  const ts: string[] = []
  const ask = async (args: readonly string[]) => {
    const { code, out, err } = await run('openssl', args)
    if (code === 0) return 'ok'
    const said = `${out}\n${err}`
    return /error:[^\n]*certificate has expired|certificate has expired/.test(said)
      ? 'certificate has expired'
      : (said
          .trim()
          .split('\n')
          .find((line) => /error/i.test(line)) ?? `exit ${code}`)
  }
  const seconds = (time: Date) => String(Math.floor(time.getTime() / 1000))
  const token = async (der: Uint8Array, data: Uint8Array) => {
    await writeFile(place('token.der'), der)
    await writeFile(place('data'), data)
    const trust = ['-CAfile', given.root, '-untrusted', given.chain, '-attime', seconds(given.at)]
    ts.push(await ask(['ts', '-verify', '-in', place('token.der'), '-token_in', '-data', place('data'), ...trust]))
  }
  for (const { byteRange, contents, subFilter } of signatures(openPdf(bytesSource(file)))) {
    const [start = 0, length = 0, rest = 0, restLength = 0] = byteRange ?? []
    if (contents === undefined) throw new Error('A signature has no contents')
    const signed = Buffer.concat([file.subarray(start, start + length), file.subarray(rest, rest + restLength)])
    const der = withoutPadding(contents)
    if (subFilter === 'ETSI.RFC3161') {
      await token(der, signed)
      continue
    }
    await writeFile(place('cms.der'), der)
    await writeFile(place('content'), signed)
    const what = ['-inform', 'DER', '-in', place('cms.der'), '-content', place('content'), '-binary']
    const trust = ['-CAfile', given.root, '-purpose', 'any', '-attime', seconds(given.signedAt)]
    cms.push(await ask(['cms', '-verify', '-cades', ...what, ...trust, '-out', place('out')]))
    for (const signer of parseSignedData(der).signerInfos) {
      for (const stamp of signer.signatureTimestamps) await token(stamp, signer.signature)
    }
  }
  return { cms, ts }
}

/** The DER that a hole begins with; the zeros after it are padding. */
function withoutPadding(contents: Uint8Array): Uint8Array {
  const first = contents[1] ?? 0
  const more = first & 0x80 ? first & 0x7f : 0
  const length = more === 0 ? first : Number(`0x${Buffer.from(contents.subarray(2, 2 + more)).toString('hex')}`)
  return contents.subarray(0, 2 + more + length)
}
