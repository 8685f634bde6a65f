"""Makes the files on which the judges are proven: signed ones that are right, and ones that must be refused.

    forge.py FOLDER

pyHanko writes them, not Segl: a judge proven on our own output would share our mistakes. Two signers and a seal each,
with a certification authority, OCSP answers, a root CRL and a time-stamping authority of their own, made on the spot.
"""

import datetime as dt
import hashlib
import io
import sys
from pathlib import Path

import asn1crypto.crl
import asn1crypto.keys
import asn1crypto.ocsp
import asn1crypto.x509
from asn1crypto import algos, cms
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter, append_signature_field
from pyhanko.sign.general import as_signing_certificate_v2, simple_cms_attribute
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner, PdfTimeStamper
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko_certvalidator.registry import SimpleCertificateStore

DAY = dt.timedelta(days=1)
NOW = dt.datetime.now(dt.timezone.utc).replace(microsecond=0)
# Reserved by RFC 2606: what an AIA points to here is never asked.
ADDRESS = 'http://ca.invalid'


def organisation(name, identifier='NTRNO-310000007'):
    return x509.Name([
        x509.NameAttribute(NameOID.COUNTRY_NAME, 'NO'),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, 'Fjordprøve AS'),
        x509.NameAttribute(NameOID.ORGANIZATION_IDENTIFIER, identifier),
        x509.NameAttribute(NameOID.COMMON_NAME, name),
    ])


def person(given, family):
    return x509.Name([
        x509.NameAttribute(NameOID.COUNTRY_NAME, 'NO'),
        x509.NameAttribute(NameOID.GIVEN_NAME, given),
        x509.NameAttribute(NameOID.SURNAME, family),
        x509.NameAttribute(NameOID.COMMON_NAME, f'{given} {family}'),
        x509.NameAttribute(NameOID.SERIAL_NUMBER, f'UN:NO-TEST-{given}'),
    ])


class Party:
    """A certificate and its key, and what it can issue."""

    def __init__(self, subject, issuer=None, *, usage=(), life=10 * 365 * DAY, extensions=(), pointers=True):
        self.key = ec.generate_private_key(ec.SECP256R1())
        signer = issuer or self
        named = ('digital_signature', 'content_commitment', 'key_encipherment', 'data_encipherment', 'key_agreement',
                 'key_cert_sign', 'crl_sign', 'encipher_only', 'decipher_only')
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer.certificate.subject if issuer else subject)
            .public_key(self.key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(NOW - dt.timedelta(seconds=60))
            .not_valid_after(NOW + life)
            .add_extension(x509.KeyUsage(**{name: name in usage for name in named}), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(self.key.public_key()), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.key.public_key()), critical=False)
        )
        if issuer and pointers:
            builder = builder.add_extension(
                x509.AuthorityInformationAccess([
                    x509.AccessDescription(AuthorityInformationAccessOID.OCSP,
                                           x509.UniformResourceIdentifier(f'{ADDRESS}/ocsp')),
                ]), critical=False)
        for extension, critical in extensions:
            builder = builder.add_extension(extension, critical)
        self.certificate = builder.sign(signer.key, hashes.SHA256())

    @property
    def asn1(self):
        return asn1crypto.x509.Certificate.load(self.certificate.public_bytes(serialization.Encoding.DER))

    @property
    def asn1_key(self):
        return asn1crypto.keys.PrivateKeyInfo.load(self.key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))

    def pem(self):
        return self.certificate.public_bytes(serialization.Encoding.PEM)


class StampingAuthority(DummyTimeStamper):
    """pyHanko's own stamper knows RSA only and names its certificate by SHA-1; RFC 5816 asks for signing-certificate-v2."""

    def __init__(self, party, certificates):
        super().__init__(party.asn1, party.asn1_key, SimpleCertificateStore.from_certs(certificates))
        self.key = party.key

    def _sign_tst_info(self, tst_info_data, md_algorithm, dt):
        attributes = cms.CMSAttributes([
            simple_cms_attribute('content_type', 'tst_info'),
            simple_cms_attribute('signing_certificate_v2', as_signing_certificate_v2(self.tsa_cert)),
            simple_cms_attribute('message_digest', hashlib.new(md_algorithm, tst_info_data).digest()),
        ])
        return self.key.sign(attributes.dump(), ec.ECDSA(hashes.SHA256())), attributes

    def _build_signed_data(self, *arguments):
        built = super()._build_signed_data(*arguments)
        built['signer_infos'][0]['signature_algorithm'] = algos.SignedDigestAlgorithm({'algorithm': 'sha256_ecdsa'})
        return built


class World:
    """A root, an issuing CA with its OCSP responder, a time-stamping authority and two signers with a seal."""

    def __init__(self, stamp_life=10 * 365 * DAY):
        authority = {'usage': ('key_cert_sign', 'crl_sign'),
                     'extensions': [(x509.BasicConstraints(ca=True, path_length=None), True)]}
        self.root = Party(organisation('Prøverot'), **authority)
        self.ca = Party(organisation('Prøve-CA'), self.root, **authority)
        self.responder = Party(organisation('Prøve-OCSP'), self.ca, usage=('digital_signature',), pointers=False, extensions=[
            (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.OCSP_SIGNING]), False), (x509.OCSPNoCheck(), False)])
        self.stamps = Party(organisation('Prøve-TSA'), self.root, usage=('digital_signature',), life=stamp_life,
                            extensions=[(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), True)])
        short = dt.timedelta(minutes=30)
        self.first = Party(person('Kari', 'Prøve'), self.ca, usage=('content_commitment',), life=short)
        self.second = Party(person('Ola', 'Prøve'), self.ca, usage=('content_commitment',), life=short)
        self.seal = Party(organisation('Prøvesegl'), self.ca, usage=('content_commitment',), life=365 * DAY)
        self.stamper = StampingAuthority(self.stamps, [self.root.asn1])

    def crl(self):
        built = (x509.CertificateRevocationListBuilder().issuer_name(self.root.certificate.subject)
                 .last_update(NOW).next_update(NOW + 10 * 365 * DAY)
                 .add_extension(x509.CRLNumber(1), False)
                 .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self.root.key.public_key()), False)
                 .sign(self.root.key, hashes.SHA256()))
        return asn1crypto.crl.CertificateList.load(built.public_bytes(serialization.Encoding.DER))

    def answer(self, party):
        built = (ocsp.OCSPResponseBuilder()
                 .add_response(party.certificate, self.ca.certificate, hashes.SHA256(), ocsp.OCSPCertStatus.GOOD,
                               dt.datetime.now(dt.timezone.utc).replace(microsecond=0),
                               party.certificate.not_valid_after_utc - dt.timedelta(seconds=1), None, None)
                 .responder_id(ocsp.OCSPResponderEncoding.HASH, self.responder.certificate)
                 .certificates([self.responder.certificate])
                 .sign(self.responder.key, hashes.SHA256()))
        return asn1crypto.ocsp.OCSPResponse.load(built.public_bytes(serialization.Encoding.DER))


def upload():
    """One page with a drawing on it: what an accounting system might send."""
    writer = PdfFileWriter(stream_xrefs=False)
    drawing = writer.add_object(generic.StreamObject(stream_data=b'0 0 1 rg 72 600 200 100 re f'))
    writer.insert_page(PageObject(contents=drawing, media_box=(0, 0, 595, 842)))
    return written(writer)


def written(writer):
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def append(pdf, change):
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
    change(writer)
    return written(writer)


def with_fields(pdf, names):
    def add(writer):
        for place, name in enumerate(names):
            box = (72, 72 + 80 * place, 300, 132 + 80 * place)
            append_signature_field(writer, SigFieldSpec(name, on_page=0, box=box))
    return append(pdf, add)


def signed(pdf, world, field, party, *, stamped=True, subfilter=SigSeedSubFilter.PADES):
    signer = signers.SimpleSigner(
        signing_cert=party.asn1, signing_key=party.asn1_key,
        cert_registry=SimpleCertificateStore.from_certs([world.ca.asn1, world.root.asn1]))
    pdf_signer = PdfSigner(PdfSignatureMetadata(field_name=field, md_algorithm='sha256', subfilter=subfilter),
                           signer, timestamper=world.stamper if stamped else None)
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
    return pdf_signer.sign_pdf(writer).getvalue()


def with_validation_data(pdf, world, parties, *, revocation=True):
    everyone = [world.root, world.ca, world.responder, world.stamps, *parties]
    answers = [world.answer(party) for party in parties]
    return append(pdf, lambda writer: DocumentSecurityStore.supply_dss_in_writer(
        writer, None, certs=[party.asn1 for party in everyone],
        ocsps=answers if revocation else [], crls=[world.crl()] if revocation else []))


def with_document_stamp(pdf, world, field='Stamp'):
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
    return PdfTimeStamper(world.stamper, field_name=field).timestamp_pdf(writer, 'sha256').getvalue()


def with_other_drawing(pdf):
    def change(writer):
        page = writer.root['/Pages']['/Kids'][0].get_object()
        page['/Contents'] = writer.add_object(generic.StreamObject(stream_data=b'1 0 0 rg 72 600 400 100 re f'))
        writer.update_container(page)
    return append(pdf, change)


# The last stays empty, as the spare slots of an order do.
FIELDS = ['Signer1', 'Signer2', 'Seal', 'Spare']


def complete(world, pdf, *, first=None, second=None, seal=None, between=lambda pdf: pdf, **options):
    """Two signers, the seal, validation data, document time-stamp; each keyword makes one thing different."""
    parties = [first or world.first, second or world.second, seal or world.seal]
    pdf = with_fields(pdf, FIELDS)
    for index, party in enumerate(parties):
        pdf = signed(pdf, world, FIELDS[index], party, **options)
        if index == 0:
            pdf = between(pdf)
    return with_document_stamp(with_validation_data(pdf, world, parties), world)


def forge(folder, hybrid=None):
    world, stranger = World(), World()
    parties = [world.first, world.second, world.seal]

    original = upload()
    level_t = with_fields(original, FIELDS)
    for field, party in zip(FIELDS, parties):
        level_t = signed(level_t, world, field, party)
    level_lt = with_validation_data(level_t, world, parties)
    good = with_document_stamp(level_lt, world)
    spot = good.index(b'0 0 1 rg')
    unsealed = signed(signed(with_fields(original, FIELDS), world, FIELDS[0], world.first), world, FIELDS[1], world.second)
    brief = World(stamp_life=30 * DAY)
    files = {
        'original': original,
        'good': good,
        'level-b': complete(world, original, stamped=False),
        'level-t': level_t,
        'level-lt': level_lt,
        'byte-modified': good[:spot] + b'1' + good[spot + 1:],
        'no-revocation-data': with_document_stamp(with_validation_data(level_t, world, parties, revocation=False), world),
        'not-cades': complete(world, original, subfilter=SigSeedSubFilter.ADOBE_PKCS7_DETACHED),
        'page-changed-after-first': complete(world, original, between=with_other_drawing),
        'page-changed-at-the-end': with_other_drawing(good),
        'bytes-at-the-end': good + b'% one more line\n',
        'cut-off': good[:-200],
        'no-seal': with_document_stamp(with_validation_data(unsealed, world, parties[:2]), world),
        'same-person-twice': complete(world, original, second=world.first),
        'person-as-seal': complete(world, original, seal=Party(person('Siri', 'Prøve'), world.ca, usage=('content_commitment',))),
        'wrong-key-usage': complete(world, original, first=Party(person('Kari', 'Prøve'), world.ca, usage=('digital_signature',))),
        'signer-of-a-stranger': complete(world, original, second=stranger.second),
        'brief-stamping-authority': complete(brief, original),
    }
    if hybrid:
        files['hybrid-original'] = hybrid
        files['hybrid'] = complete(world, hybrid)
    for name, pdf in files.items():
        (folder / f'{name}.pdf').write_bytes(pdf)
    (folder / 'root.pem').write_bytes(world.root.pem())
    (folder / 'brief-root.pem').write_bytes(brief.root.pem())
    (folder / 'stranger.pem').write_bytes(stranger.root.pem())


if __name__ == '__main__':
    if len(sys.argv) < 2:
        sys.exit('usage: forge.py FOLDER [HYBRID.pdf]')
    forge(Path(sys.argv[1]), Path(sys.argv[2]).read_bytes() if len(sys.argv) > 2 else None)
