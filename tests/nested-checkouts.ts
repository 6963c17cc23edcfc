/** A function or constant at the top of a file, with its text. */
interface Declaration {
  readonly file: string
  readonly name: string
  readonly text: string
}

interface Call {
  readonly callee: string
  /** Whether the transaction is handed on. */
  readonly hasTransaction: boolean
}

/** Whatever takes a connection out of the pool for itself. What only names a column asks nobody. */
const CHECKOUT = /\bdb\(\)(?!\.\w+\.fields\b)|\bgetRuntime\(\)\.pool\b|\{[^{}]*\bpool\b[^{}]*\} = getRuntime\(\)|(?<!function )\btransaction\(/
const OPTIONAL = /\btx\?:|\btx: [^=(]*= db\(\)/
const TYPE_OF_CALLBACK = /\w\??: \([^()]*\) =>/g
/** A callback, not the type of one. */
const CALLBACK = /(?<!\w\??: (?=\(\{?\s*tx: ))\(\{?\s*tx\b[^()]*\)(?::[^=]*)?\s*=>\s*/g

/**
 * Places that hold a connection, in a transaction or by a checkout, and ask the pool for another one meanwhile: when the
 * pool is dry, each holder waits for what the others hold. Found by reading: every function that takes `tx`, every
 * callback that does, and what follows `pool.connect()`, with whatever these call by name without handing `tx` on.
 *
 * @param sources text by path from the project's root
 */
export function findNestedCheckouts(sources: ReadonlyMap<string, string>): string[] {
  const files = [...sources].map(([file, text]) => ({ file, text: withoutComments(text) }))
  const declarations = new Map(files.flatMap(declarationsOf).map((each) => [`${each.file} ${each.name}`, each]))
  const imports = new Map(files.map(({ file, text }) => [file, importsOf(file, text)]))
  const callsIn = (file: string, text: string): Call[] =>
    [...text.matchAll(/(?<![.\w])(?!db\()(\w+)(?:<[^<>()]*>)?\(/g)].flatMap((match) => {
      const [whole, name = ''] = match
      const callee = declarations.has(`${file} ${name}`) ? `${file} ${name}` : imports.get(file)?.get(name)
      const given = text.slice(match.index + whole.length, endOf(text, match.index + whole.length - 1))
      return callee !== undefined && declarations.has(callee) ? [{ callee, hasTransaction: /\b(tx|client)\b/.test(given) }] : []
    })
  const known = new Map<string, boolean>()
  const reaches = (name: string): boolean => {
    const found = known.get(name)
    if (found !== undefined) return found
    // Whoever calls itself is no reason by itself.
    known.set(name, false)
    const { file, text = '' } = declarations.get(name) ?? {}
    const does = CHECKOUT.test(text) || (file !== undefined && callsIn(file, text).some(({ callee, hasTransaction }) => !hasTransaction && reaches(callee)))
    known.set(name, does)
    return does
  }
  return [...declarations.values()].flatMap(({ file, name, text }) =>
    heldIn(text).flatMap((held) => [
      ...(CHECKOUT.test(held) ? [`${file}: ${name} asks the pool itself`] : []),
      ...callsIn(file, held).flatMap(({ callee, hasTransaction }) => (!hasTransaction && reaches(callee) ? [`${file}: ${name} calls ${callee}`] : [])),
    ]),
  )
}

/** The parts of a function in which a connection is held. */
function heldIn(text: string): string[] {
  const callbacks = [...text.matchAll(CALLBACK)].map((match) => {
    const start = match.index + match[0].length
    return text.slice(start, text[start] === '{' ? endOf(text, start) : endOfArgument(text, start))
  })
  const parameters = text.slice(0, text.search(/\)(: [^\n]*)? \{\n/) + 1)
  const takesIt = /[({,]\s*tx: /.test(parameters.replaceAll(TYPE_OF_CALLBACK, '')) && !OPTIONAL.test(parameters)
  const connect = text.indexOf('pool.connect()')
  return [...callbacks, ...(takesIt ? [text.slice(parameters.length)] : []), ...(connect < 0 ? [] : [text.slice(connect + 1)])]
}

function declarationsOf({ file, text }: { file: string; text: string }): Declaration[] {
  const starts = [...text.matchAll(/^(?:export )?(?:async )?(?:function\*? (\w+)|const (\w+))/gm)]
  return starts.map((match, index) => ({ file, name: match[1] ?? match[2] ?? '', text: text.slice(match.index, starts[index + 1]?.index) }))
}

/** What a file calls by which name, as `file name`. */
function importsOf(file: string, text: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const [, names = '', from = ''] of text.matchAll(/^import \{([^}]*)\} from '([^']+)'/gm)) {
    const target = from.startsWith('@/') ? from.slice(2) : from.startsWith('.') ? joined(file, from) : null
    if (target === null) continue
    for (const each of names.split(',').map((part) => part.trim()).filter((part) => part !== '' && !part.startsWith('type '))) {
      const [name = '', alias = name] = each.split(/\s+as\s+/)
      found.set(alias, `${target}.ts ${name}`)
    }
  }
  return found
}

function joined(file: string, from: string): string {
  return new URL(from, `file:///${file}`).pathname.slice(1)
}

/** Where the bracket that opens at `start` is closed. */
function endOf(text: string, start: number): number {
  let depth = 0
  for (let at = start; at < text.length; at += 1) {
    if ('([{'.includes(text[at] ?? ' ')) depth += 1
    else if (')]}'.includes(text[at] ?? ' ') && (depth -= 1) === 0) return at
  }
  return text.length
}

/** Where the argument that begins at `start` ends. */
function endOfArgument(text: string, start: number): number {
  let depth = 0
  for (let at = start; at < text.length; at += 1) {
    const each = text[at] ?? ' '
    if ('([{'.includes(each)) depth += 1
    else if (')]}'.includes(each) && (depth -= 1) < 0) return at
    else if (each === ',' && depth === 0) return at
  }
  return text.length
}

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(?<![:'"`])\/\/[^\n]*/g, '')
}
