"""Makes uploads that others have signed already, with pyHanko: what an accounting system may send on to more signers.

    signed_before.py FOLDER

A folder of PDFs and `before.pem`, the root behind their signatures. Names say what the signatures allow.
"""

import sys
from pathlib import Path

from forge import (World, append, signed, upload, with_document_stamp, with_validation_data)
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import FieldMDPAction, FieldMDPSpec, MDPPerm, SigFieldSpec, SigSeedSubFilter, append_signature_field
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko_certvalidator.registry import SimpleCertificateStore
import io


def sign(pdf, world, name='Earlier', *, party=None, permission=None, lock=None, lock_permission=None, visible=True, **options):
    """One signature in a field of its own; certifies with `permission`, locks fields with `lock`."""
    party = party or world.first
    def field(writer):
        box = (72, 72, 300, 132) if visible else None
        append_signature_field(writer, SigFieldSpec(name, on_page=0, box=box, field_mdp_spec=lock,
                                                    doc_mdp_update_value=lock_permission))
    pdf = append(pdf, field)
    if permission is None:
        return signed(pdf, world, name, party, **options)
    signer = signers.SimpleSigner(
        signing_cert=party.asn1, signing_key=party.asn1_key,
        cert_registry=SimpleCertificateStore.from_certs([world.ca.asn1, world.root.asn1]))
    metadata = PdfSignatureMetadata(field_name=name, md_algorithm='sha256', subfilter=SigSeedSubFilter.PADES,
                                    certify=True, docmdp_permissions=permission)
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
    return PdfSigner(metadata, signer, timestamper=world.stamper).sign_pdf(writer).getvalue()


def proven(pdf, world, *parties):
    """B-LTA: validation data and a document time-stamp behind the signature."""
    return with_document_stamp(with_validation_data(pdf, world, parties or [world.first]), world)


def with_vri(pdf, world):
    """As many programs write it: the same data once more, under the hash of the signature."""
    def supply(writer):
        contents = writer.prev.embedded_signatures[0].pkcs7_content
        DocumentSecurityStore.supply_dss_in_writer(
            writer, contents, certs=[party.asn1 for party in (world.root, world.ca, world.responder, world.stamps, world.first)],
            ocsps=[world.answer(world.first)], crls=[world.crl()])
    return with_document_stamp(append(pdf, supply), world)


def direct_form(pdf):
    """Form and store as direct members of the catalog, and no /SigFlags, as some programs write them."""
    def change(writer):
        form = writer.root['/AcroForm']
        writer.root['/AcroForm'] = generic.DictionaryObject(
            {key: value for key, value in form.items() if key != '/SigFlags'})
        writer.update_root()
    return append(pdf, change)


def make(folder):
    world = World()
    plain = upload()
    one = sign(plain, world)
    two = sign(one, world, 'Earlier2', party=world.second, visible=False)
    files = {
        'approval': proven(one, world),
        'approval-two-bt': two,
        'approval-vri': with_vri(one, world),
        'approval-invisible': proven(sign(plain, world, visible=False), world),
        'approval-pkcs7': sign(plain, world, subfilter=SigSeedSubFilter.ADOBE_PKCS7_DETACHED),
        'approval-direct-form': sign(direct_form(with_empty_field(plain)), world),
        'certified-2': proven(sign(plain, world, permission=MDPPerm.FILL_FORMS), world),
        'certified-3': proven(sign(plain, world, permission=MDPPerm.ANNOTATE), world),
        'certified-1': proven(sign(plain, world, permission=MDPPerm.NO_CHANGES), world),
        'locks-all': proven(sign(plain, world, lock=FieldMDPSpec(FieldMDPAction.ALL)), world),
        'locks-others': proven(sign(plain, world, lock=FieldMDPSpec(FieldMDPAction.EXCLUDE, ['Earlier'])), world),
        'locks-one': proven(sign(plain, world, lock=FieldMDPSpec(FieldMDPAction.INCLUDE, ['Segl-Sig-01'])), world),
        'locked-permission-1': proven(sign(plain, world, lock=FieldMDPSpec(FieldMDPAction.INCLUDE, ['x']),
                                           lock_permission=MDPPerm.NO_CHANGES), world),
    }
    for name, pdf in files.items():
        (folder / f'{name}.pdf').write_bytes(pdf)
    (folder / 'before.pem').write_bytes(world.root.pem())


def with_empty_field(pdf):
    return append(pdf, lambda writer: append_signature_field(writer, SigFieldSpec('Empty', on_page=0)))


if __name__ == '__main__':
    if len(sys.argv) != 2:
        sys.exit('usage: signed_before.py FOLDER')
    make(Path(sys.argv[1]))
