// The process of the simulated BankID: starts the island from the environment, stops it gently.
import { ConfigurationRefused, fromEnvironment } from '../bankid/config.ts'
import { createBankId } from '../bankid/server.ts'

const say = (line: string): void => void process.stdout.write(`${line}\n`)
const complain = (line: string): void => void process.stderr.write(`${line}\n`)

try {
  const bankid = await createBankId(fromEnvironment())
  say(`Simulated BankID: ${bankid.url} (people and codes: ${bankid.url}/devices)`)
  let stopping = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1)
      stopping = true
      bankid.close().then(
        () => process.exit(0),
        () => process.exit(1),
      )
    })
  }
} catch (error) {
  if (error instanceof ConfigurationRefused) complain(error.message)
  else if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    complain('BANKID_LISTEN: the port is taken; is the simulated BankID running already?')
  } else throw error
  process.exitCode = 1
}
