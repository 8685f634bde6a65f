// A program to supervise: it dies, or stays until it is told to go, and notes each of its lives in a file once all is set up.
import { appendFileSync } from 'node:fs'
import { env } from 'node:process'
import { isMainThread, Worker } from 'node:worker_threads'

if (isMainThread) {
  process.stdout.write('here I am\n')
  if (env['STUBBORN'] === 'yes') process.on('SIGTERM', () => process.stdout.write('no\n'))
  if (env['THREAD'] === 'yes') new Worker(new URL('data:text/javascript,0'))
  appendFileSync(env['NOTES'] ?? '', `${process.pid} ${Date.now()}\n`)
  if (env['DIES'] === 'yes') process.exit(3)
  setInterval(() => {}, 1000)
}
