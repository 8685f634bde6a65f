// The tokens of a content stream (ISO 32000-2, 7.8.2): operands gathered before each operator. Lenient: nothing in it is refused.

/** An operand as far as marks on a page depend on it. `bytes`: what a string holds (or the strings of an array together). */
export type Operand = { readonly number?: number; readonly name?: string; readonly bytes?: string }

export type Operation = { readonly operator: string; readonly operands: readonly Operand[] }

const tokens =
  /[\0\t\n\f\r ]+|%[^\r\n]*|\/([^\0\t\n\f\r ()<>[\]{}/%]*)|([+-]*(?:\d+\.?\d*|\.\d+))(?=[\0\t\n\f\r ()<>[\]{}/%+-]|$)|<<|>>|<([0-9A-Fa-f\0\t\n\f\r ]*)>|\(|[[\]{}]|[^\0\t\n\f\r ()<>[\]{}/%]+|[\s\S]/gy
const mostOperands = 64
const inlineImageEnds = /[\0\t\n\f\r ]EI(?=[\0\t\n\f\r ]|$)/g

/** Operations in order. An inline image is one operation, `BI`, without its data. */
export function* operationsIn(text: string): Generator<Operation> {
  let operands: Operand[] = []
  let listed = ''
  let inArray = false
  const put = (operand: Operand): void => {
    if (inArray) listed += operand.bytes ?? ''
    else if (operands.length < mostOperands) operands.push(operand)
  }
  let position = 0
  for (;;) {
    // Forms are read while the content that draws them is: the place is kept here.
    tokens.lastIndex = position
    const match = tokens.exec(text)
    if (match === null || match[0] === '') return
    const [token, name, digits, hex] = match
    position = tokens.lastIndex
    if (name !== undefined) put({ name })
    else if (digits !== undefined) put({ number: Number.parseFloat(digits.replace(/^[+-]*(?=[+-])/, '')) })
    else if (hex !== undefined) put({ bytes: Buffer.from(hex.replace(/[^0-9A-Fa-f]/g, ''), 'hex').toString('latin1') })
    else if (token === '(') {
      const end = endOfString(text, position)
      put({ bytes: text.slice(position, end) })
      position = end + 1
    } else if (token === '[') {
      inArray = true
      listed = ''
    } else if (token === ']') {
      inArray = false
      put({ bytes: listed })
    } else if (/^[A-Za-z'"]/.test(token)) {
      if (token === 'BI') {
        inlineImageEnds.lastIndex = position
        position = inlineImageEnds.test(text) ? inlineImageEnds.lastIndex : text.length
      }
      yield { operator: token, operands }
      operands = []
    }
  }
}

/** Where a literal string that begins at `from` is closed: parentheses in it are balanced or escaped. */
function endOfString(text: string, from: number): number {
  const marks = /[()\\]/g
  marks.lastIndex = from
  let depth = 1
  for (let match = marks.exec(text); match !== null; match = marks.exec(text)) {
    if (match[0] === '\\') marks.lastIndex += 1
    else depth += match[0] === '(' ? 1 : -1
    if (depth === 0) return match.index
  }
  return text.length
}
