// Peak memory (VmHWM) of a fresh process that signs, or pre-flights, a 1 GB file of a million objects, against a 1 MB file.
//
//   npx tsx bench/memory.ts [--size BYTES] [--objects N] [--kinds table,stream]     by hand: writes files of that size below TMPDIR
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { type AppendState, beginSignature, prepareRevision } from '../src/kernel/pades/index.ts'
import { concatSource, preflight } from '../src/kernel/pdf/index.ts'
import { signatureAppearance } from '../src/sheet/index.ts'
import { fileSource, writePdf } from './many-objects.ts'
import { sheetsFor } from './sheets.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    size: { type: 'string', default: '1000000000' },
    objects: { type: 'string', default: '1000000' },
    kinds: { type: 'string', default: 'table,stream' },
  },
})
type Task = 'start' | 'preflight' | 'prepare' | 'sign'
const [task, path] = positionals

/** Does one thing with one file and prints the process's peak in kilobytes. */
async function child(what: Task, file: string): Promise<void> {
  const source = fileSource(file)
  if (what === 'preflight') preflight(source)
  if (what === 'prepare') {
    const { increment, state } = prepareRevision(source, await sheetsFor(4))
    writeFileSync(`${file}.increment`, increment)
    writeFileSync(`${file}.json`, JSON.stringify(state))
  }
  if (what === 'sign') {
    const state = JSON.parse(readFileSync(`${file}.json`, 'utf8')) as AppendState
    const time = new Date()
    const appearance = signatureAppearance({
      name: 'x',
      role: 'chair',
      onBehalfOf: null,
      level: 'high',
      language: 'nb',
    })
    const base = concatSource([source, readFileSync(`${file}.increment`)])
    beginSignature(base, state, {
      slot: 1,
      name: 'x',
      signingTime: time,
      appearance,
      digestAlgorithm: 'sha256',
      contentsSize: 12_000,
    })
  }
  source.close()
  console.log(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'latin1'))?.[1])
}

async function measure(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'segl-memory-'))
  const self = fileURLToPath(import.meta.url)
  const peak = (what: Task, file: string): number => {
    const began = performance.now()
    const said = execFileSync(process.execPath, ['--import', 'tsx', self, what, file], {
      encoding: 'utf8',
      timeout: 300_000,
    })
    const megabytes = Number(said.trim()) / 1024
    console.log(
      `  ${what.padEnd(10)} ${megabytes.toFixed(0).padStart(5)} MB  ${((performance.now() - began) / 1000).toFixed(1)} s`,
    )
    return megabytes
  }
  try {
    for (const kind of values.kinds.split(',') as ('table' | 'stream')[]) {
      const found = new Map<string, number>()
      for (const [name, size, count] of [
        ['small', 1_000_000, 1000],
        ['large', Number(values.size), Number(values.objects)],
      ] as const) {
        const file = join(folder, `${name}.pdf`)
        writePdf(file, size, count, kind)
        console.log(`${kind}, ${name}: ${size} bytes, ${count} objects`)
        for (const what of ['start', 'preflight', 'prepare', 'sign'] as const)
          found.set(`${name} ${what}`, peak(what, file))
        rmSync(file)
      }
      const more = (what: Task) => (found.get(`large ${what}`) ?? 0) - (found.get(`small ${what}`) ?? 0)
      console.log(
        `${kind}: signing ${more('sign').toFixed(0)} MB more (at most 64), pre-flight ${more('preflight').toFixed(0)} MB more (at most 256)`,
      )
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

if (task === undefined) await measure()
else await child(task as Task, path ?? '')
