// `segl-verify FILE [--trust ROOT.pem]… [--at TIME] [--json] [--lang nb|nn|en]`: judges a signed PDF with nothing but the file and
// the roots it is given. Needs no service and no network; reaches only kernel and text.
import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { isSeglError, SeglError } from '../errors.ts'
import { type Report, verify } from '../kernel/checks/index.ts'
import { readPem } from '../kernel/der/index.ts'
import type { ByteSource } from '../kernel/pdf/index.ts'
import { type Certificate, parseCertificate } from '../kernel/x509/index.ts'
import { isLanguage, type Language } from '../text/index.ts'
import { reportLines } from './verification-lines.ts'

/** BSD sysexits for what is no verdict. */
const exit = { PASSED: 0, FAILED: 1, INDETERMINATE: 2, usage: 64, unreadable: 66 } as const

process.exitCode = await main()

async function main(): Promise<number> {
  const input = readArguments()
  if (!input) {
    process.stderr.write('segl-verify FILE [--trust ROOT.pem]... [--at TIME] [--json] [--lang nb|nn|en]\n')
    return exit.usage
  }
  let source: (ByteSource & { close(): void }) | undefined
  let reading = input.file
  try {
    const trustAnchors = []
    for (const path of input.trust) {
      reading = path
      trustAnchors.push(...readRoots(path))
    }
    reading = input.file
    source = openFile(input.file)
    const report = await verify({ source, trustAnchors, at: input.at })
    print(input, report)
    return exit[report.verdict]
  } catch (error) {
    const told = isSeglError(error) ? `${error.code}: ${error.detail}` : error instanceof Error ? error.message : error
    process.stderr.write(`${reading}: ${told}\n`)
    return exit.unreadable
  } finally {
    source?.close()
  }
}

type Input = {
  readonly file: string
  readonly trust: readonly string[]
  readonly at: Date
  readonly json: boolean
  readonly language: Language
}

function readArguments(): Input | undefined {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        trust: { type: 'string', multiple: true },
        at: { type: 'string' },
        json: { type: 'boolean' },
        lang: { type: 'string' },
      },
    })
    const [file, ...more] = positionals
    const at = values.at === undefined ? new Date() : new Date(values.at)
    const language = values.lang ?? 'en'
    if (!file || more.length > 0 || Number.isNaN(at.getTime()) || !isLanguage(language)) return undefined
    return { file, trust: values.trust ?? [], at, json: values.json ?? false, language }
  } catch {
    return undefined
  }
}

function print({ file, json, language }: Input, report: Report): void {
  const out = json
    ? JSON.stringify({ file: basename(file), ...report }, null, 2)
    : reportLines(basename(file), report, language).join('\n')
  process.stdout.write(`${out}\n`)
}

/** Certificates in a PEM file, or the one in a DER file. */
function readRoots(path: string): readonly Certificate[] {
  const bytes = readFileSync(path)
  const text = bytes.toString('latin1')
  const found = (text.includes('-----BEGIN') ? readPem(text, 'CERTIFICATE') : [bytes]).map((der) =>
    parseCertificate(der),
  )
  if (found.length === 0) throw new SeglError('CERTIFICATE_INVALID', 'There is no certificate in this file.')
  return found
}

/** The file on disk, read in large synchronous pieces. */
function openFile(path: string): ByteSource & { close(): void } {
  const descriptor = openSync(path, 'r')
  const { size } = fstatSync(descriptor)
  return {
    size,
    read(offset, length) {
      const from = Math.min(Math.max(0, offset), size)
      const bytes = Buffer.allocUnsafe(Math.min(Math.max(0, length), size - from))
      for (let filled = 0; filled < bytes.length; ) {
        const count = readSync(descriptor, bytes, filled, bytes.length - filled, from + filled)
        if (count === 0) throw new Error('The file became shorter while it was read.')
        filled += count
      }
      return bytes
    },
    close: () => closeSync(descriptor),
  }
}
