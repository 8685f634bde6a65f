"""pyHanko signs the files named on stdin, B-B, with a PKCS#12 that is loaded once; says the milliseconds of each."""

import io
import logging
import sys
import time

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter

logging.disable(logging.CRITICAL)
signer = signers.SimpleSigner.load_pkcs12(sys.argv[1], passphrase=b'bench')
for line in sys.stdin:
    began = time.perf_counter()
    with open(line.strip(), 'rb') as stream:
        writer = IncrementalPdfFileWriter(io.BytesIO(stream.read()))
    meta = signers.PdfSignatureMetadata(field_name='Rival', md_algorithm='sha256', subfilter=SigSeedSubFilter.PADES)
    signers.sign_pdf(writer, meta, signer=signer)
    print((time.perf_counter() - began) * 1000, flush=True)
