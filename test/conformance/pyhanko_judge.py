"""pyHanko as an outside judge: is each file a complete Segl document, from the file and the roots alone?

    pyhanko_judge.py FILE --trust ROOTS.pem --signers N [--at TIME]... [--strict off] [FILE --signers N ...]

An option belongs to the file before it; the roots of the first file hold until others are given. One JSON line per file
and validation time. Exit 0 when everything holds at every time, 1 with `reasons` when it does not, 64 when asked wrongly.
Nothing is fetched: validation data that is not in the file does not exist.
"""

import asyncio
import json
import logging
import sys
from datetime import datetime, timezone

from asn1crypto import pem, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESPassed
from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, DiffPolicy, ModificationLevel
from pyhanko.sign.validation.ades import ades_lta_validation
from pyhanko.sign.validation.policy_decl import (
    PdfSignatureValidationSpec,
    RevinfoOnlineFetchingRule,
    RevocationInfoGatheringSpec,
    SignatureValidationSpec,
)
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.ltv.types import ValidationTimingInfo
from pyhanko_certvalidator.policy_decl import REQUIRE_REVINFO, CertRevTrustPolicy
from pyhanko_certvalidator.registry import SimpleTrustManager

WHOLE = {SignatureCoverageLevel.ENTIRE_FILE, SignatureCoverageLevel.ENTIRE_REVISION}
HARMLESS = {ModificationLevel.NONE, ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING}
SIGNER_USAGE = KeyUsageConstraints(key_usage={'non_repudiation'})
SEAL_USAGE = KeyUsageConstraints(key_usage={'non_repudiation', 'digital_signature'}, match_all_key_usages=False)


class Remembering(DiffPolicy):
    """pyHanko's own comparison of revisions; for one file it is asked the same many times over, and answers from memory."""

    def __init__(self):
        self.known = {}

    def apply(self, old, new, field_mdp_spec=None, doc_mdp=None):
        return DEFAULT_DIFF_POLICY.apply(old, new, field_mdp_spec, doc_mdp)

    def review_file(self, reader, base_revision, field_mdp_spec=None, doc_mdp=None):
        number = base_revision if isinstance(base_revision, int) else base_revision.revision
        question = (id(reader), number, repr(field_mdp_spec), repr(doc_mdp))
        if question not in self.known:
            answer = DEFAULT_DIFF_POLICY.review_file(reader, base_revision, field_mdp_spec, doc_mdp)
            # The reader is kept with it, so that no other one can come to its address.
            self.known[question] = (reader, answer)
        return self.known[question][1]


def specification(roots, usage, changes):
    return PdfSignatureValidationSpec(
        signature_validation_spec=SignatureValidationSpec(
            cert_validation_policy=CertValidationPolicySpec(
                trust_manager=SimpleTrustManager.build(trust_roots=roots),
                revinfo_policy=CertRevTrustPolicy(REQUIRE_REVINFO),
            ),
            revinfo_gathering_policy=RevocationInfoGatheringSpec(RevinfoOnlineFetchingRule.LOCAL_ONLY),
            key_usage_settings=usage,
        ),
        diff_policy=changes,
    )


def subject_kind(certificate):
    """A natural person (EN 319 412-2 §4.2.4) or an organisation (EN 319 412-3 §4.2.1), as the subject says."""
    subject = certificate.subject.native
    if any(name in subject for name in ('given_name', 'surname', 'pseudonym')):
        return 'person'
    return 'organisation' if 'organization_name' in subject else 'unknown'


def judge_signature(embedded, roots, usage, at, changes):
    """All that one signature must satisfy; returns what was seen and the reasons against it."""
    reasons = []
    embedded.compute_integrity_info(diff_policy=changes)
    result = asyncio.run(
        ades_lta_validation(
            embedded,
            specification(roots, usage, changes),
            timing_info=ValidationTimingInfo(at, at, point_in_time_validation=False),
        )
    )
    status = result.api_status
    level = status.modification_level if status is not None else None
    seen = {
        'field': embedded.field_name,
        'subject': embedded.signer_cert.subject.native.get('common_name'),
        'indication': f'{result.ades_subindic.status.name} {result.ades_subindic.standard_name}',
        'bottomLine': status is not None and status.bottom_line,
        'modification': level.name if level is not None else None,
        'coverage': embedded.coverage.name,
        'bestTime': result.best_signature_time.isoformat() if result.best_signature_time else None,
    }
    if result.ades_subindic is not AdESPassed.OK:
        reasons.append(f'{seen["indication"]}: {result.failure_msg or "no further reason given"}')
    if not seen['bottomLine']:
        reasons.append('the bottom line is false')
    if level not in HARMLESS:
        reasons.append(f'the changes after it are not harmless: {level.name if level else embedded.diff_result}')
    if embedded.coverage not in WHOLE:
        reasons.append(f'covers only {embedded.coverage.name}')
    if embedded.sig_object.get('/SubFilter') != '/ETSI.CAdES.detached':
        reasons.append(f'SubFilter is {embedded.sig_object.get("/SubFilter")}, not /ETSI.CAdES.detached')
    if status is None or status.timestamp_validity is None:
        reasons.append('no valid signature time-stamp: below B-T')
    if result.oldest_evidence_record_timestamp is None:
        reasons.append('no valid document time-stamp after it: below B-LTA')
    return seen, [f'{embedded.field_name}: {reason}' for reason in reasons]


def judge(reader, roots, signers, at, changes):
    everything = reader.embedded_signatures
    regular = reader.embedded_regular_signatures
    stamps = reader.embedded_timestamp_signatures
    reasons = []
    if len(regular) != signers + 1:
        reasons.append(f'{len(regular)} signatures, expected {signers} signers and 1 seal')
    seen = []
    for index, embedded in enumerate(regular):
        is_seal = index == len(regular) - 1
        usage = SEAL_USAGE if is_seal else SIGNER_USAGE
        facts, against = judge_signature(embedded, roots, usage, at, changes)
        kind = subject_kind(embedded.signer_cert)
        if kind != ('organisation' if is_seal else 'person'):
            against.append(f'{embedded.field_name}: certificate of kind {kind} for a {"seal" if is_seal else "signer"}')
        seen.append({'kind': 'seal' if is_seal else 'signer', **facts})
        reasons += against
    certificates = {embedded.signer_cert.sha256 for embedded in regular}
    keys = {embedded.signer_cert.public_key.sha256 for embedded in regular}
    if len(certificates) != len(regular) or len(keys) != len(regular):
        reasons.append('two signatures share a certificate or a key')
    if '/DSS' not in reader.root:
        reasons.append('no DSS: below B-LT')
    last = everything[-1] if everything else None
    if last is None or last not in stamps:
        reasons.append('the last signature is not a document time-stamp')
    elif last.evaluate_signature_coverage() is not SignatureCoverageLevel.ENTIRE_FILE:
        reasons.append('the last document time-stamp does not cover the entire file')
    if any(stamp.sig_object.get('/SubFilter') != '/ETSI.RFC3161' for stamp in stamps):
        reasons.append('a document time-stamp has another SubFilter than /ETSI.RFC3161')
    return {'reasons': reasons, 'signatures': seen, 'timestamps': len(stamps)}


def moment(text):
    parsed = datetime.fromisoformat(text.replace('Z', '+00:00'))
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=timezone.utc)


def asked(words):
    """The files to judge, each with its options. ValueError when asked wrongly."""
    cases = []
    words = iter(words)
    for word in words:
        if not word.startswith('--'):
            trust = cases[-1]['trust'] if cases else None
            cases.append({'file': word, 'trust': trust, 'signers': None, 'at': [], 'strict': True})
            continue
        value = next(words, None)
        if not cases or value is None:
            raise ValueError(f'misplaced {word}')
        one = cases[-1]
        if word == '--trust':
            one['trust'] = value
        elif word == '--signers':
            one['signers'] = int(value)
        elif word == '--at':
            one['at'].append(moment(value))
        elif word == '--strict' and value in ('on', 'off'):
            one['strict'] = value == 'on'
        else:
            raise ValueError(f'unknown {word} {value}')
    if not cases or any(one['trust'] is None or one['signers'] is None for one in cases):
        raise ValueError('a file with --trust and --signers is needed')
    return cases


def authorities(path):
    with open(path, 'rb') as stream:
        return [x509.Certificate.load(der) for _, _, der in pem.unarmor(stream.read(), multiple=True)]


def verdicts(one):
    """What is to be said of a file at each time; it is read once."""
    times = one['at'] or [datetime.now(timezone.utc)]
    roots = authorities(one['trust'])
    with open(one['file'], 'rb') as stream:
        changes = Remembering()
        try:
            reader = PdfFileReader(stream, strict=one['strict'])
        except Exception as error:  # whatever a judge cannot read, it refuses
            for at in times:
                yield at, {'reasons': [f'{type(error).__name__}: {error}'], 'signatures': [], 'timestamps': 0}
            return
        for at in times:
            try:
                yield at, judge(reader, roots, one['signers'], at, changes)
            except Exception as error:
                yield at, {'reasons': [f'{type(error).__name__}: {error}'], 'signatures': [], 'timestamps': 0}


def main():
    try:
        cases = asked(sys.argv[1:])
    except ValueError as wrong:
        print(f'{__doc__.splitlines()[2].strip()}\n{wrong}', file=sys.stderr)
        return 64
    # pyHanko logs its doubts as tracebacks; what counts is in the verdict.
    logging.disable(logging.CRITICAL)
    passed = True
    for one in cases:
        for at, verdict in verdicts(one):
            ok = not verdict['reasons']
            passed = passed and ok
            line = {'judge': 'pyhanko', 'file': one['file'], 'at': at.isoformat(), 'passed': ok, **verdict}
            print(json.dumps(line, ensure_ascii=False), flush=True)
    return 0 if passed else 1


if __name__ == '__main__':
    sys.exit(main())
