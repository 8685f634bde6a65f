// What dependency-cruiser cannot see: files too long, hidden imports, the environment, and clocks or sockets where time is an argument.
import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import ts from 'typescript'
import type { Violation } from './imports.ts'

const lineLimit = 400
/** The only readers of `process.env`: Segl's configuration and the BankID island's own. */
const configs = ['src/config.ts', 'src/bankid/config.ts']
/** Rooms that do no input or output of their own and never read a clock. */
const pure = /^src\/(kernel|accounting|flow|sheet|text)\//
const timeAndInput = new Set([
  'process',
  'performance',
  'fetch',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'console',
  'WebSocket',
])

/** Judges every TypeScript file in `src/` under `root`, generated ones aside. */
export async function sourceViolations(root: string): Promise<Violation[]> {
  const names = await readdir(join(root, 'src'), { recursive: true })
  const files = names.filter((name) => /(?<!\.d)\.ts$/.test(name) && !/(^|\/)generated\/|^client\/api[.]ts$/.test(name))
  const found = await Promise.all(
    files.map(async (name) => {
      const path = join(root, 'src', name)
      return violationsOf(relative(root, path), await readFile(path, 'utf8'))
    }),
  )
  return found.flat()
}

function violationsOf(file: string, text: string): Violation[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const violations: Violation[] = []
  const complain = (rule: string, node: ts.Node) => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart(source))
    violations.push({ rule, from: file, to: `line ${line + 1}: ${node.getText(source).split('\n')[0]}` })
  }
  const lines = text.split('\n').length - 1
  if (lines > lineLimit) violations.push({ rule: 'length', from: file, to: `${lines} lines, at most ${lineLimit}` })
  const visit = (node: ts.Node): void => {
    if (!configs.includes(file) && readsEnvironment(node)) complain('environment', node)
    if (hidesImport(node)) complain('hidden-import', node)
    if (pure.test(file) && readsClockOrWorld(node)) complain('clock-or-world', node)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return violations
}

/** `process.env` and `process['env']`, taking `env` out of `process`, and importing it from `node:process`. */
function readsEnvironment(node: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(node)) return isProcess(node.expression) && node.name.text === 'env'
  if (ts.isElementAccessExpression(node)) {
    return (
      isProcess(node.expression) &&
      !(ts.isStringLiteralLike(node.argumentExpression) && node.argumentExpression.text !== 'env')
    )
  }
  if (
    ts.isVariableDeclaration(node) &&
    ts.isObjectBindingPattern(node.name) &&
    node.initializer &&
    isProcess(node.initializer)
  ) {
    return node.name.elements.some((element) => (element.propertyName ?? element.name).getText() === 'env')
  }
  if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
    if (!/^(node:)?process$/.test(node.moduleSpecifier.text)) return false
    const names = node.importClause?.namedBindings
    return names === undefined
      ? false
      : ts.isNamespaceImport(names) || names.elements.some((one) => (one.propertyName ?? one.name).text === 'env')
  }
  return false
}

function isProcess(node: ts.Expression): boolean {
  if (ts.isIdentifier(node)) return node.text === 'process'
  return ts.isPropertyAccessExpression(node) && node.name.text === 'process'
}

/** Imports that no tool can follow: `import(name)`, `require`, what `createRequire` makes, `process.getBuiltinModule`. */
function hidesImport(node: ts.Node): boolean {
  if (ts.isIdentifier(node) && node.text === 'createRequire') return !onlyFindsFile(node)
  if (ts.isIdentifier(node) && node.text === 'getBuiltinModule') return true
  if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
    const { importClause, moduleSpecifier } = node
    const isWhole =
      importClause?.name !== undefined ||
      (importClause?.namedBindings && ts.isNamespaceImport(importClause.namedBindings))
    return /^(node:)?module$/.test(moduleSpecifier.text) && Boolean(isWhole)
  }
  if (!ts.isCallExpression(node)) return false
  if (ts.isIdentifier(node.expression) && node.expression.text === 'require') return true
  const [name] = node.arguments
  return node.expression.kind === ts.SyntaxKind.ImportKeyword && !(name && ts.isStringLiteral(name))
}

/** `createRequire(…).resolve(…)` loads nothing: it says where a font or a style sheet of a package lies. Its import is innocent too. */
function onlyFindsFile({ parent }: ts.Identifier): boolean {
  if (ts.isImportSpecifier(parent)) return parent.propertyName === undefined
  if (!ts.isCallExpression(parent) || !ts.isPropertyAccessExpression(parent.parent)) return false
  const access = parent.parent
  return access.name.text === 'resolve' && ts.isCallExpression(access.parent) && access.parent.expression === access
}

/** `Date.now`, `new Date()`, `Date()`, and the globals that wait, measure, fetch or print. */
function readsClockOrWorld(node: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(node)) return isIdentifier(node.expression, 'Date') && node.name.text === 'now'
  if (ts.isNewExpression(node)) return isIdentifier(node.expression, 'Date') && (node.arguments ?? []).length === 0
  if (ts.isCallExpression(node) && isIdentifier(node.expression, 'Date')) return true
  return ts.isIdentifier(node) && timeAndInput.has(node.text) && isGlobalUse(node)
}

function isIdentifier(node: ts.Node, text: string): boolean {
  return ts.isIdentifier(node) && node.text === text
}

/** An identifier used as a value, not as the name of a property, parameter or declaration. */
function isGlobalUse(node: ts.Identifier): boolean {
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node
  if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) return true
  return ts.isElementAccessExpression(parent) && parent.expression === node
}
