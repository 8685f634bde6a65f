// What pre-flight costs against an earlier state of the sources: both loaded in one process, interleaved, in processor time.
import { readFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { bytesSource, preflight } from '../src/kernel/pdf/index.ts'

type Build = (bytes: Uint8Array) => void

const rounds = 9
/** Processor time of one round, in milliseconds: short enough for interleaving, long enough for the clock. */
const roundTime = 150

const [folder, ...paths] = process.argv.slice(2)
if (folder === undefined) throw new Error('npm run bench:preflight -- BASE_FOLDER FILE…')
const earlier: { readonly bytesSource: typeof bytesSource; readonly preflight: typeof preflight } = await import(
  pathToFileURL(resolve(folder, 'src/kernel/pdf/index.ts')).href
)
const builds: readonly [Build, Build] = [
  (bytes) => earlier.preflight(earlier.bytesSource(bytes)),
  (bytes) => preflight(bytesSource(bytes)),
]
const files: readonly (readonly [string, Uint8Array])[] = [
  ...paths.map((path) => [basename(path), readFileSync(path)] as const),
  ['20 MB, made here', manyPages(20 << 20)],
]

console.log(`Median of ${rounds} rounds, processor time of one pre-flight in ms\n`)
console.log('| file | before | now | ratio |\n| --- | --- | --- | --- |')
for (const [name, bytes] of files) {
  // Both builds compiled before anything counts.
  for (const build of builds) spent(build, bytes, 4 * roundTime)
  const times: [number[], number[]] = [[], []]
  for (let round = 0; round < rounds; round += 1) {
    // Who comes first changes, so that neither always pays for what the other left to collect.
    for (const which of round % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
      times[which].push(spent(builds[which], bytes, roundTime))
    }
  }
  const [before, now] = [median(times[0]), median(times[1])]
  console.log(`| ${name} | ${before.toFixed(2)} | ${now.toFixed(2)} | ${(now / before).toFixed(2)} |`)
}

function spent(build: Build, bytes: Uint8Array, atLeast: number): number {
  const began = process.cpuUsage()
  for (let turns = 1; ; turns += 1) {
    build(bytes)
    const { user, system } = process.cpuUsage(began)
    const total = (user + system) / 1000
    if (total >= atLeast) return total / turns
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[values.length >> 1] ?? Number.NaN
}

/** Pages with content, fonts and annotations of their own until the size is reached, in a balanced page tree. */
function manyPages(size: number): Uint8Array {
  const parts: string[] = ['%PDF-1.7\n']
  const offsets: number[] = [0, 0, 0]
  let length = 9
  const object = (number: number, body: string): void => {
    const text = `${number} 0 obj\n${body}\nendobj\n`
    offsets[number] = length
    parts.push(text)
    length += text.length
  }
  const line = (row: number) =>
    `BT /F1 9 Tf 1 0 0 1 60 ${800 - row * 14} Tm (${'Regnskap og bilag '.repeat(3)}) Tj ET\n`
  const content = Array.from({ length: 50 }, (_, row) => line(row)).join('')
  const groups: { readonly number: number; readonly kids: number[] }[] = []
  let next = 3
  while (length < size) {
    const group = { number: next++, kids: [] as number[] }
    groups.push(group)
    for (let page = 0; page < 50; page += 1) {
      const [at, stream, font, link] = [next, next + 1, next + 2, next + 3]
      next += 4
      group.kids.push(at)
      object(
        at,
        `<</Type/Page/Parent ${group.number} 0 R/MediaBox[0 0 595 842]/Contents ${stream} 0 R/Resources<</Font<</F1 ${font} 0 R>>>>/Annots[${link} 0 R]>>`,
      )
      object(stream, `<</Length ${content.length}>>stream\n${content}\nendstream`)
      object(font, '<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>')
      object(
        link,
        '<</Type/Annot/Subtype/Link/Rect[10 10 90 30]/Border[0 0 0]/A<</S/URI/URI(https://segl.example/)>>>>',
      )
    }
    const kids = group.kids.map((number) => `${number} 0 R`).join(' ')
    object(group.number, `<</Type/Pages/Parent 2 0 R/Count ${group.kids.length}/Kids[${kids}]>>`)
  }
  object(1, '<</Type/Catalog/Pages 2 0 R>>')
  object(
    2,
    `<</Type/Pages/Count ${groups.length * 50}/Kids[${groups.map(({ number }) => `${number} 0 R`).join(' ')}]>>`,
  )
  const entries = offsets.slice(1).map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`)
  const table = `xref\n0 ${next}\n0000000000 65535 f \n${entries.join('')}trailer\n<</Size ${next}/Root 1 0 R>>\nstartxref\n${length}\n%%EOF\n`
  return Buffer.from(parts.join('') + table, 'latin1')
}
