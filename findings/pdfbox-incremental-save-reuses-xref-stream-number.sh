#!/usr/bin/env bash
# PDFBox 3.0.6 and a file with cross-reference streams that it has signed itself, signed by it once more; judged by pyHanko 0.36.2.
# Guess:   an incremental save numbers new objects from the last /Size on, so the second signature harms nothing.
# Happens: PDFBox lists its own cross-reference stream in no cross-reference and takes that number for free: the next save gives
#          it to another object. pyHanko, strict as by default, then reads nothing of the file; not strict, it rejects the first.
# Bitten:  everybody who lets two people sign in turn with PDFBox, or tools built on it, and validates with pyHanko. It never
#          shows with one signer, nor in a file with a cross-reference table.
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
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter

for kind in ('table', 'stream'):
    writer = PdfFileWriter(stream_xrefs=kind == 'stream')
    content = writer.add_object(generic.StreamObject(stream_data=b'10 10 80 80 re S'))
    box = generic.ArrayObject(generic.NumberObject(side) for side in (0, 0, 100, 100))
    writer.insert_page(PageObject(contents=content, media_box=box))
    with open(f'{kind}-0.pdf', 'wb') as out:
        writer.write(out)
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
for kind in table stream; do
  for turn in 1 2; do java -cp 'lib/*' Sign.java "$kind-$((turn - 1)).pdf" "$kind-$turn.pdf"; done
done

cat >judge.py <<'PY'
import logging
import re
from importlib.metadata import version
from pathlib import Path

from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

logging.disable(logging.CRITICAL)
trust = ValidationContext(trust_roots=[load_cert_from_pemder('signer.pem')])


def judged(name, strict=True):
    with open(name, 'rb') as file:
        try:
            signatures = PdfFileReader(file, strict=strict).embedded_signatures
            return [validate_pdf_signature(one, trust).bottom_line for one in signatures]
        except PdfReadError as error:
            return str(error)


seen = {name: judged(f'{name}.pdf') for name in ('table-1', 'table-2', 'stream-1', 'stream-2')}
seen['stream-2, not strict'] = judged('stream-2.pdf', strict=False)
own = re.findall(rb'(\d+) 0 obj\s*<<(?:(?!endobj).)*?/Type /XRef', Path('stream-1.pdf').read_bytes(), re.S)[-1]
again = Path('stream-2.pdf').read_bytes()[Path('stream-1.pdf').stat().st_size :]
seen['number of its first cross-reference stream given again'] = re.search(rb'\s' + own + rb' 0 obj', again) is not None

print('PDFBox 3.0.6, pyHanko', version('pyHanko'))
for what, result in seen.items():
    print(f'  {what}: {result}')
expected = {
    'table-1': [True],
    'table-2': [True, True],
    'stream-1': [True],
    'stream-2': 'XRef stream objects must not be clobbered in strict mode.',
    'stream-2, not strict': [False, True],
    'number of its first cross-reference stream given again': True,
}
raise SystemExit(0 if seen == expected else f'changed; expected {expected}')
PY
venv/bin/python judge.py
