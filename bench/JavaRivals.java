// Apache PDFBox and EU DSS sign the files named on stdin, B-B, in one JVM with the key loaded once; says the milliseconds of each.
//
//   java -cp 'test/conformance/dss/target/libraries/*' bench/JavaRivals.java FILE.p12 PASSWORD     "pdfbox PATH" or "dss PATH" per line

import eu.europa.esig.dss.enumerations.DigestAlgorithm;
import eu.europa.esig.dss.enumerations.SignatureAlgorithm;
import eu.europa.esig.dss.enumerations.SignatureLevel;
import eu.europa.esig.dss.model.FileDocument;
import eu.europa.esig.dss.model.SignatureValue;
import eu.europa.esig.dss.model.x509.CertificateToken;
import eu.europa.esig.dss.pades.PAdESSignatureParameters;
import eu.europa.esig.dss.pades.signature.PAdESService;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Calendar;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.PDSignature;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.SignatureOptions;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

final class JavaRivals {

  private static PrivateKey key;
  private static X509Certificate certificate;
  private static List<Certificate> chain;

  public static void main(String[] args) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = new FileInputStream(args[0])) {
      store.load(in, args[1].toCharArray());
    }
    String alias = store.aliases().nextElement();
    key = (PrivateKey) store.getKey(alias, args[1].toCharArray());
    chain = Arrays.asList(store.getCertificateChain(alias));
    certificate = (X509Certificate) chain.get(0);
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      int space = line.indexOf(' ');
      File file = new File(line.substring(space + 1));
      long began = System.nanoTime();
      byte[] signed = line.startsWith("dss") ? dss(file) : pdfbox(file);
      long took = System.nanoTime() - began;
      if (signed.length <= file.length()) throw new IllegalStateException("nothing was appended");
      System.out.println(took / 1e6);
    }
  }

  /** PAdES baseline B-B as EU DSS makes it. */
  private static byte[] dss(File file) throws Exception {
    PAdESSignatureParameters parameters = new PAdESSignatureParameters();
    parameters.setSignatureLevel(SignatureLevel.PAdES_BASELINE_B);
    parameters.setDigestAlgorithm(DigestAlgorithm.SHA256);
    parameters.setSigningCertificate(new CertificateToken(certificate));
    parameters.setCertificateChain(chain.stream().map(one -> new CertificateToken((X509Certificate) one)).toList());
    PAdESService service = new PAdESService(new CommonCertificateVerifier());
    FileDocument document = new FileDocument(file);
    Signature signature = Signature.getInstance(key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA");
    signature.initSign(key);
    signature.update(service.getDataToSign(document, parameters).getBytes());
    SignatureAlgorithm algorithm = parameters.getSignatureAlgorithm();
    ByteArrayOutputStream out = new ByteArrayOutputStream((int) file.length() + 65_536);
    service.signDocument(document, parameters, new SignatureValue(algorithm, signature.sign())).writeTo(out);
    return out.toByteArray();
  }

  /** A detached CMS by Bouncy Castle, appended by PDFBox: what its own examples do, and no PAdES baseline signature. */
  private static byte[] pdfbox(File file) throws Exception {
    try (PDDocument document = Loader.loadPDF(file); SignatureOptions options = new SignatureOptions()) {
      PDSignature signature = new PDSignature();
      signature.setFilter(PDSignature.FILTER_ADOBE_PPKLITE);
      signature.setSubFilter(PDSignature.SUBFILTER_ETSI_CADES_DETACHED);
      signature.setSignDate(Calendar.getInstance());
      options.setPreferredSignatureSize(16_384);
      document.addSignature(signature, JavaRivals::cms, options);
      ByteArrayOutputStream out = new ByteArrayOutputStream((int) file.length() + 65_536);
      document.saveIncremental(out);
      return out.toByteArray();
    }
  }

  private static byte[] cms(InputStream content) {
    try {
      ContentSigner signer = new JcaContentSignerBuilder(key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA").build(key);
      CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
      generator.addSignerInfoGenerator(
          new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build()).build(signer, certificate));
      generator.addCertificates(new JcaCertStore(chain));
      return generator.generate(new CMSProcessableByteArray(content.readAllBytes()), false).getEncoded();
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }
}
