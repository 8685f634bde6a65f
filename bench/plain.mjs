// `node --import ./bench/plain.mjs FILE.ts`: compiles TypeScript as the build does, so that what is measured is what runs in
// production. tsx gives every inner function its name at run time, which costs about 5 % of a signature.
import { readFile } from 'node:fs/promises'
import { register } from 'node:module'
import { isMainThread } from 'node:worker_threads'
import ts from 'typescript'

const compilerOptions = { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext, inlineSourceMap: true }

/** A hook of node:module. */
export async function load(url, context, next) {
  if (!url.endsWith('.ts')) return next(url, context)
  const { outputText } = ts.transpileModule(await readFile(new URL(url), 'utf8'), { compilerOptions, fileName: url })
  return { format: 'module', source: outputText, shortCircuit: true }
}

if (isMainThread) register(import.meta.url)
