#!/usr/bin/env bash
# A file whose XMP packet is a bare rdf:RDF, signed twice by PDFBox 3.0.6, which leaves the packet alone; judged by pyHanko 0.36.2.
# Guess:   both signatures hold. x:xmpmeta around rdf:RDF is optional by the XMP specification, and pyHanko's own reader of XMP
#          reads the packet without it.
# Happens: the comparison of revisions looks at the metadata even if no revision has touched it, wants x:xmpmeta as its root, and
#          says "Metadata does not look like XMP". The signature is intact and valid, but the file counts as modified after it.
# Bitten:  everybody whose uploads come from elsewhere: one signature passes in every test, and the second one spoils the first.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"

python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check pyHanko==0.36.2
cat >pom.xml <<'POM'
<project>
  <modelVersion>4.0.0</modelVersion><groupId>local</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.apache.pdfbox</groupId><artifactId>pdfbox</artifactId><version>3.0.6</version></dependency>
  </dependencies>
</project>
POM
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib

openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out signer.pem -days 2 -subj '/CN=Signer' \
  -addext 'keyUsage=critical,digitalSignature,nonRepudiation,keyCertSign' 2>/dev/null

cat >make.py <<'PY'
RDF = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:format>application/pdf</dc:format></rdf:Description></rdf:RDF>'
)
for kind, xml in (('bare', RDF), ('wrapped', f'<x:xmpmeta xmlns:x="adobe:ns:meta/">{RDF}</x:xmpmeta>')):
    packet = f'<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n{xml}\n<?xpacket end="w"?>'.encode()
    objects = [
        b'<</Type /Catalog /Pages 2 0 R /Metadata 4 0 R>>',
        b'<</Type /Pages /Kids [3 0 R] /Count 1>>',
        b'<</Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] /Resources <<>>>>',
        b'<</Type /Metadata /Subtype /XML /Length %d>>\nstream\n%s\nendstream' % (len(packet), packet),
    ]
    file = b'%PDF-1.7\n%\xe2\xe3\xcf\xd3\n'
    table = b'0000000000 65535 f \n'
    for number, body in enumerate(objects, 1):
        table += b'%010d 00000 n \n' % len(file)
        file += b'%d 0 obj\n%s\nendobj\n' % (number, body)
    file += b'xref\n0 5\n%strailer\n<</Size 5 /Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n' % (table, len(file))
    with open(f'{kind}-0.pdf', 'wb') as out:
        out.write(file)
PY
venv/bin/python make.py

cat >Sign.java <<'JAVA'
import java.io.*;
import java.nio.file.*;
import java.util.Calendar;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.PDSignature;

public class Sign {
  public static void main(String[] args) throws Exception {
    try (PDDocument document = Loader.loadPDF(new File(args[0])); OutputStream out = new FileOutputStream(args[1])) {
      PDSignature signature = new PDSignature();
      signature.setFilter(PDSignature.FILTER_ADOBE_PPKLITE);
      signature.setSubFilter(PDSignature.SUBFILTER_ADBE_PKCS7_DETACHED);
      signature.setSignDate(Calendar.getInstance());
      document.addSignature(signature, Sign::cms);
      document.saveIncremental(out);
    }
  }

  static byte[] cms(InputStream content) throws IOException {
    Files.write(Path.of("content"), content.readAllBytes());
    Process openssl = new ProcessBuilder("openssl", "cms", "-sign", "-binary", "-md", "sha256", "-outform", "DER",
        "-signer", "signer.pem", "-inkey", "key.pem", "-in", "content", "-out", "cms").inheritIO().start();
    try {
      if (openssl.waitFor() != 0) throw new IOException("openssl");
    } catch (InterruptedException stopped) {
      throw new IOException(stopped);
    }
    return Files.readAllBytes(Path.of("cms"));
  }
}
JAVA
for kind in wrapped bare; do
  for turn in 1 2; do java -cp 'lib/*' Sign.java "$kind-$((turn - 1)).pdf" "$kind-$turn.pdf"; done
done

cat >judge.py <<'PY'
import logging
import re
from importlib.metadata import version
from io import BytesIO
from pathlib import Path

from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.metadata.xmp_xml import parse_xmp
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import SuspiciousModification
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

logging.disable(logging.CRITICAL)
trust = ValidationContext(trust_roots=[load_cert_from_pemder('signer.pem')])


def judged(name):
    with open(name, 'rb') as file:
        reader = PdfFileReader(file)
        statuses = []
        for signature in reader.embedded_signatures:
            status = validate_pdf_signature(signature, trust)
            difference = signature.diff_result
            suspicion = str(difference) if isinstance(difference, SuspiciousModification) else None
            statuses.append((status.intact and status.valid, status.bottom_line, suspicion))
        return statuses


def metadata(name):
    """How often its object is in the file, and how many descriptions pyHanko's own reader of XMP finds in it."""
    content = Path(name).read_bytes()
    packet = PdfFileReader(BytesIO(content)).root['/Metadata'].data
    return len(re.findall(rb'\b4 0 obj\b', content)), len(parse_xmp(BytesIO(packet)))


seen = {name: judged(f'{name}.pdf') for name in ('wrapped-1', 'wrapped-2', 'bare-1', 'bare-2')}
seen['bare-2: times its metadata is written, descriptions read by parse_xmp'] = metadata('bare-2.pdf')

print('PDFBox 3.0.6, pyHanko', version('pyHanko'), '- of each signature: intact and valid, accepted, why not')
for what, result in seen.items():
    print(f'  {what}: {result}')
good = (True, True, None)
expected = {
    'wrapped-1': [good],
    'wrapped-2': [good, good],
    'bare-1': [good],
    'bare-2': [(True, False, 'Metadata does not look like XMP'), good],
    'bare-2: times its metadata is written, descriptions read by parse_xmp': (1, 1),
}
raise SystemExit(0 if seen == expected else f'changed; expected {expected}')
PY
venv/bin/python judge.py
