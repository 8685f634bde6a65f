// Pages as three engines draw them: PDFium (Chrome, Edge), poppler (Linux desktops) and MuPDF.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { needs } from '../support/outside.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const python = join(root, '.ci/venv/bin/python')
const withPdfium = fileURLToPath(new URL('draw-with-pdfium.py', import.meta.url))

export const enginesMissing = (): false | string => needs(python, 'pdftoppm', 'mutool')

export type Engine = 'pdfium' | 'poppler' | 'mupdf'
export type Drawn = Readonly<Record<Engine, readonly Buffer[]>>

/** Each file's pages; none where an engine cannot open the file. */
export function drawAll(
  files: readonly Uint8Array[],
  folder = mkdtempSync(join(tmpdir(), 'segl-engines-')),
): readonly Drawn[] {
  const names = files.map((bytes, index) => {
    const name = join(folder, `${index}.pdf`)
    writeFileSync(name, bytes)
    return name
  })
  const pages = (prefix: string): Buffer[] =>
    readdirSync(folder)
      .filter((name) => name.startsWith(prefix) && name.endsWith('.ppm'))
      .sort()
      .map((name) => readFileSync(join(folder, name)))
  execFileSync(python, [withPdfium, join(folder, 'pdfium'), ...names], { stdio: 'ignore' })
  return names.map((name, index) => {
    quietly('pdftoppm', ['-r', '72', name, join(folder, `poppler-${index}-`)])
    quietly('mutool', ['draw', '-q', '-r', '72', '-c', 'rgb', '-o', join(folder, `mupdf-${index}-%d.ppm`), name])
    return { pdfium: pages(`pdfium-${index}-`), poppler: pages(`poppler-${index}-`), mupdf: pages(`mupdf-${index}-`) }
  })
}

/** An engine that cannot open a file draws no page of it; its exit code says no more. */
function quietly(program: string, parameters: readonly string[]): void {
  try {
    execFileSync(program, parameters, { stdio: 'ignore', timeout: 30_000 })
  } catch (error) {
    if (!(error instanceof Error)) throw error
  }
}
