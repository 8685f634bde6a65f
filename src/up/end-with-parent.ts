// Loaded before each supervised program (up/child.ts): when the supervisor is gone, however it died, the pipe on
// standard input ends, and so does the program, first gently.
const gentle = 10_000

process.stdin.on('end', leave)
process.stdin.on('error', leave)
process.stdin.resume()
// The pipe alone keeps no program alive.
if ('unref' in process.stdin && typeof process.stdin.unref === 'function') process.stdin.unref()

function leave(): void {
  setTimeout(() => process.exit(1), gentle).unref()
  process.kill(process.pid, 'SIGTERM')
}
