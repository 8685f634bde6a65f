// A trusted time: without one, "when" is only what the signer says (level B-T).
import { type Check, failed, indeterminate, passed } from '../check.ts'

export const timeStamp: Check = {
  id: 'TIME_STAMP',
  title: 'A trusted time-stamp proves when it was signed',
  citation: 'EN 319 142-1 Table 1 (n); EN 319 102-1 5.5',
  run({ kind, proofs, signer }) {
    if (kind === 'timestamp') return undefined
    // Others may prove the time as well, but a time-stamp over something else was put there by somebody.
    const broken = proofs.find((proof) => proof.kind === 'signature-time-stamp' && proof.verdict === 'FAILED')
    if (broken) return failed(broken.reasons[0]?.subIndication ?? 'HASH_FAILURE', broken.reasons[0]?.detail ?? '')
    const good = proofs.filter(({ verdict }) => verdict === 'PASSED')
    const [first] = good.sort((a, b) => a.time - b.time)
    if (!first) {
      const reason = proofs.flatMap(({ reasons }) => reasons)[0]
      return indeterminate(reason?.subIndication ?? 'NO_POE', reason?.detail ?? 'There is no time-stamp.')
    }
    const until = Number(signer?.certificate?.notAfter ?? Number.POSITIVE_INFINITY)
    if (first.time > until) {
      return indeterminate('OUT_OF_BOUNDS_NO_POE', 'The first time-stamp is from after the certificate ended.')
    }
    return passed(new Date(first.time).toISOString())
  },
}
