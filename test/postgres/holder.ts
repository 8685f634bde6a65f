// A process that starts or joins the database of a folder, says so, and holds it until it is killed or its input ends.
import { startPostgres } from '../../src/postgres/index.ts'

const server = await startPostgres({ dataDir: process.argv[2] ?? '', durable: false })
process.stdout.write(`${JSON.stringify({ url: server.url, pid: server.pid, adopted: server.adopted })}\n`)
process.stdin.resume()
process.stdin.on('end', () => void server.stop().then(() => process.exit(0)))
