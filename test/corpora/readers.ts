// Whether qpdf, poppler and PDFium open a file without a word of complaint: what pre-flight refuses of such files must be explained.
import { execFile } from 'node:child_process'
import { programs } from '../conformance/judges.ts'

const timeLimit = 60_000
const pdfium = `import sys, pypdfium2
document = pypdfium2.PdfDocument(sys.argv[1])
for number in range(min(len(document), 3)): document[number].render(scale=0.2)
if len(document) == 0: sys.exit(1)`

export async function openedWithoutAWord(path: string): Promise<boolean> {
  return (
    (await silent(programs.qpdf, ['--check', path])) &&
    (await silent('pdftoppm', ['-r', '20', '-l', '3', '-png', path])) &&
    (await silent(programs.python, ['-c', pdfium, path]))
  )
}

function silent(program: string, args: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    execFile(program, [...args], { timeout: timeLimit, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      resolve(error === null && stderr.trim() === '' && !/^WARNING/m.test(stdout))
    })
  })
}
