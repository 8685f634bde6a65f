// Loads TypeScript with spaces in the place of its types: lines and columns stay what they are, and no source map is needed.
// What was made of a file is kept, beside the packages, for as long as the file does not change.
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { threadId } from 'node:worker_threads'

const folder = fileURLToPath(new URL('../../node_modules/.cache/segl-typescript/', import.meta.url))

/** A hook of node:module. */
export async function load(url, context, next) {
  if (!url.startsWith('file:') || !/\.m?ts$/.test(url)) return next(url, context)
  return { format: 'module', source: await withoutTypes(fileURLToPath(url)), shortCircuit: true }
}

async function withoutTypes(path) {
  const { mtimeMs, size } = statSync(path)
  const end = `\n// ${mtimeMs} ${size}`
  const kept = `${folder}${createHash('sha256').update(path).digest('hex')}.js`
  try {
    const source = readFileSync(kept, 'utf8')
    if (source.endsWith(end)) return source
  } catch {
    // It was not there yet.
  }
  // Loaded only here: TypeScript itself takes longer than many a test.
  const { default: blank } = await import('ts-blank-space')
  const source = blank(readFileSync(path, 'utf8'), (node) => {
    throw new SyntaxError(`${path}: more than types is TypeScript here: ${node.getText().slice(0, 80)}`)
  })
  mkdirSync(folder, { recursive: true })
  // Others may be reading it.
  const fresh = `${kept}.${process.pid}.${threadId}`
  writeFileSync(fresh, `${source}${end}`)
  renameSync(fresh, kept)
  return source
}
