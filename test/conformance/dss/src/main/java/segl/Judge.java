package segl;

import eu.europa.esig.dss.diagnostic.CertificateWrapper;
import eu.europa.esig.dss.diagnostic.PDFRevisionWrapper;
import eu.europa.esig.dss.diagnostic.SignatureWrapper;
import eu.europa.esig.dss.diagnostic.TimestampWrapper;
import eu.europa.esig.dss.diagnostic.jaxb.XmlDiagnosticData;
import eu.europa.esig.dss.enumerations.Indication;
import eu.europa.esig.dss.enumerations.KeyUsageBit;
import eu.europa.esig.dss.enumerations.SignatureLevel;
import eu.europa.esig.dss.enumerations.TimestampType;
import eu.europa.esig.dss.jaxb.object.Message;
import eu.europa.esig.dss.model.FileDocument;
import eu.europa.esig.dss.model.x509.CertificateToken;
import eu.europa.esig.dss.pades.validation.PDFDocumentValidator;
import eu.europa.esig.dss.pdf.ServiceLoaderPdfObjFactory;
import eu.europa.esig.dss.pdf.modifications.DefaultPdfDifferencesFinder;
import eu.europa.esig.dss.simplereport.SimpleReport;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.validation.executor.signature.DefaultSignatureProcessExecutor;
import eu.europa.esig.dss.validation.policy.ValidationPolicyLoader;
import eu.europa.esig.dss.validation.reports.Reports;
import java.io.File;
import java.io.FileInputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * EU DSS as an outside judge: is each file a complete Segl document, from the file and the roots alone?
 *
 * <pre>Judge FILE --trust ROOTS.pem --signers N [--at TIME]... [--visual off] [FILE --signers N ...]</pre>
 *
 * An option belongs to the file before it; the roots of the first file hold until another is given. One JSON line per
 * file and validation time. Exit 0 when everything holds, 1 with reasons when it does not, 64 when asked wrongly.
 * Nothing is fetched: there is no source of certificates, OCSP answers or CRLs but the file. `--visual off` leaves out
 * the comparison of drawn pages, which takes nine tenths of the time; that of objects stays.
 */
public final class Judge {

  private static final class Case {
    File file;
    File trust;
    int signers = -1;
    boolean visual = true;
    final List<Date> at = new ArrayList<>();
  }

  private static final class Verdict {
    final List<String> reasons = new ArrayList<>();
    final List<String> signatures = new ArrayList<>();
    int timestamps;
  }

  public static void main(String[] args) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    List<Case> cases;
    try {
      cases = read(args);
    } catch (RuntimeException wrong) {
      System.err.println("usage: FILE --trust ROOTS.pem --signers N [--at TIME]... [FILE --signers N ...]\n" + wrong.getMessage());
      System.exit(64);
      return;
    }
    boolean passed = true;
    for (Case one : cases) {
      // What is in the file is read once; what follows from it is asked of the policy for each time.
      Reading reading = read(one);
      for (Date at : one.at) {
        Verdict verdict = judged(one, reading, at);
        passed &= verdict.reasons.isEmpty();
        out.println("{\"judge\":\"dss\",\"file\":" + text(one.file.getPath()) + ",\"at\":" + text(at.toInstant().toString())
            + ",\"passed\":" + verdict.reasons.isEmpty() + ",\"reasons\":"
            + verdict.reasons.stream().map(Judge::text).collect(Collectors.joining(",", "[", "]"))
            + ",\"signatures\":" + verdict.signatures.stream().collect(Collectors.joining(",", "[", "]"))
            + ",\"timestamps\":" + verdict.timestamps + "}");
      }
    }
    System.exit(passed ? 0 : 1);
  }

  private static List<Case> read(String[] args) {
    List<Case> cases = new ArrayList<>();
    for (int i = 0; i < args.length; i++) {
      if (!args[i].startsWith("--")) {
        Case next = new Case();
        next.file = new File(args[i]);
        next.trust = cases.isEmpty() ? null : cases.get(cases.size() - 1).trust;
        cases.add(next);
        continue;
      }
      if (cases.isEmpty() || i + 1 == args.length) throw new IllegalArgumentException("misplaced " + args[i]);
      Case current = cases.get(cases.size() - 1);
      String value = args[++i];
      switch (args[i - 1]) {
        case "--trust" -> current.trust = new File(value);
        case "--signers" -> current.signers = Integer.parseInt(value);
        case "--at" -> current.at.add(Date.from(Instant.parse(value)));
        case "--visual" -> current.visual = !value.equals("off");
        case "--strict" -> { } // a notion of pyHanko's; EU DSS reads hybrid files anyway
        default -> throw new IllegalArgumentException("unknown " + args[i - 1]);
      }
    }
    if (cases.isEmpty()) throw new IllegalArgumentException("no file");
    for (Case one : cases) {
      if (one.trust == null || one.signers < 0) throw new IllegalArgumentException("no --trust or --signers for " + one.file);
      if (one.at.isEmpty()) one.at.add(new Date());
    }
    return cases;
  }

  /** What a file holds, or why it could not be read. */
  private record Reading(XmlDiagnosticData data, Exception unreadable) { }

  private static Reading read(Case one) {
    try {
      CommonTrustedCertificateSource trust = new CommonTrustedCertificateSource();
      try (InputStream pem = new FileInputStream(one.trust)) {
        for (Certificate root : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
          trust.addCertificate(new CertificateToken((X509Certificate) root));
        }
      }
      CommonCertificateVerifier verifier = new CommonCertificateVerifier(true);
      verifier.setTrustedCertSources(trust);
      verifier.setAIASource(null);
      PDFDocumentValidator validator = new PDFDocumentValidator(new FileDocument(one.file));
      if (!one.visual) {
        DefaultPdfDifferencesFinder blind = new DefaultPdfDifferencesFinder();
        blind.setMaximalPagesAmountForVisualComparison(0);
        ServiceLoaderPdfObjFactory factory = new ServiceLoaderPdfObjFactory();
        factory.setPdfDifferencesFinder(blind);
        validator.setPdfObjFactory(factory);
      }
      validator.setCertificateVerifier(verifier);
      validator.setValidationTime(one.at.get(0));
      return new Reading(validator.getDiagnosticData(), null);
    } catch (Exception unreadable) {
      return new Reading(null, unreadable);
    }
  }

  private static Verdict judged(Case one, Reading reading, Date at) {
    Verdict verdict = new Verdict();
    try {
      if (reading.unreadable() != null) throw reading.unreadable();
      judge(one, reading.data(), at, verdict);
    } catch (Exception unreadable) { // whatever a judge cannot read, it refuses
      verdict.reasons.add(unreadable.getClass().getSimpleName() + ": " + unreadable.getMessage());
    }
    return verdict;
  }

  private static void judge(Case one, XmlDiagnosticData data, Date at, Verdict verdict) {
    data.setValidationDate(at);
    DefaultSignatureProcessExecutor executor = new DefaultSignatureProcessExecutor();
    executor.setValidationPolicy(ValidationPolicyLoader.fromDefaultValidationPolicy().create());
    executor.setDiagnosticData(data);
    executor.setCurrentTime(at);
    executor.setLocale(Locale.ENGLISH);
    Reports reports = executor.execute();
    SimpleReport report = reports.getSimpleReport();

    List<SignatureWrapper> signatures = new ArrayList<>(reports.getDiagnosticData().getSignatures());
    signatures.sort(Comparator.comparing(signature -> end(signature.getPDFRevision())));
    if (signatures.size() != one.signers + 1) {
      verdict.reasons.add(signatures.size() + " signatures, expected " + one.signers + " signers and 1 seal");
    }
    Set<String> certificates = new HashSet<>();
    for (int i = 0; i < signatures.size(); i++) {
      boolean seal = i == signatures.size() - 1;
      judgeSignature(signatures.get(i), seal, report, verdict);
      CertificateWrapper certificate = signatures.get(i).getSigningCertificate();
      if (certificate == null || !certificates.add(certificate.getId())) {
        verdict.reasons.add("a signature without a certificate of its own");
      }
    }

    List<TimestampWrapper> stamps = reports.getDiagnosticData().getTimestampList().stream()
        .filter(stamp -> stamp.getType() == TimestampType.DOCUMENT_TIMESTAMP)
        .sorted(Comparator.comparing(stamp -> end(stamp.getPDFRevision())))
        .toList();
    verdict.timestamps = stamps.size();
    if (stamps.isEmpty()) {
      verdict.reasons.add("the last signature is not a document time-stamp");
      return;
    }
    PDFRevisionWrapper last = stamps.get(stamps.size() - 1).getPDFRevision();
    if (!signatures.isEmpty() && end(last).compareTo(end(signatures.get(signatures.size() - 1).getPDFRevision())) < 0) {
      verdict.reasons.add("the last signature is not a document time-stamp");
    }
    if (end(last).longValueExact() != one.file.length()) {
      verdict.reasons.add("the last document time-stamp does not cover the entire file");
    }
    // The last stamp stands for itself; what it covers may have aged, and then shows in the verdict on the signatures.
    String newest = stamps.get(stamps.size() - 1).getId();
    Indication indication = reports.getDetailedReport().getBasicTimestampValidationIndication(newest);
    if (indication != Indication.PASSED) {
      verdict.reasons.add("the last document time-stamp is " + indication + " "
          + reports.getDetailedReport().getBasicTimestampValidationSubIndication(newest));
    }
  }

  private static void judgeSignature(SignatureWrapper signature, boolean seal, SimpleReport report, Verdict verdict) {
    String id = signature.getId();
    String field = signature.getPDFRevision() == null ? id : signature.getPDFRevision().getFirstFieldName();
    Indication indication = report.getIndication(id);
    SignatureLevel level = report.getSignatureFormat(id);
    CertificateWrapper certificate = signature.getSigningCertificate();
    verdict.signatures.add("{\"kind\":" + text(seal ? "seal" : "signer") + ",\"field\":" + text(field)
        + ",\"subject\":" + text(certificate == null ? null : certificate.getCommonName())
        + ",\"indication\":" + text(indication + (report.getSubIndication(id) == null ? "" : " " + report.getSubIndication(id)))
        + ",\"level\":" + text(String.valueOf(level)) + "}");
    if (indication != Indication.TOTAL_PASSED) {
      String why = report.getAdESValidationErrors(id).stream().map(Message::getValue).collect(Collectors.joining(" "));
      verdict.reasons.add(field + ": " + indication + " " + report.getSubIndication(id) + ": " + why);
    }
    if (level != SignatureLevel.PAdES_BASELINE_LTA) {
      verdict.reasons.add(field + ": level " + level + ", not PAdES-BASELINE-LTA");
    }
    if (!seal && (certificate == null || !certificate.getKeyUsages().contains(KeyUsageBit.NON_REPUDIATION))) {
      verdict.reasons.add(field + ": the signer's key usage is not nonRepudiation");
    }
    // EN 319 142-1 lets a later document time-stamp stand in for it; Segl's signers each have one of their own.
    if (signature.getTimestampList().stream().noneMatch(stamp -> stamp.getType() == TimestampType.SIGNATURE_TIMESTAMP)) {
      verdict.reasons.add(field + ": no signature time-stamp");
    }
    // DSS only warns of these: a changed page would pass as TOTAL_PASSED.
    PDFRevisionWrapper revision = signature.getPDFRevision();
    if (revision != null && !revision.getPdfVisualDifferenceConcernedPages().isEmpty()) {
      verdict.reasons.add(field + ": pages drawn otherwise after it: " + revision.getPdfVisualDifferenceConcernedPages());
    }
    if (revision != null && !revision.getPdfPageDifferenceConcernedPages().isEmpty()) {
      verdict.reasons.add(field + ": other pages after it: " + revision.getPdfPageDifferenceConcernedPages());
    }
    if (revision == null || !revision.getPdfUndefinedChanges().isEmpty() || !revision.getPdfAnnotationChanges().isEmpty()) {
      String where = revision == null ? "" : Stream.concat(revision.getPdfUndefinedChanges().stream(), revision.getPdfAnnotationChanges().stream())
          .map(change -> change.getAction() + " " + change.getValue()).collect(Collectors.joining(", ", " (", ")"));
      verdict.reasons.add(field + ": changes after it beyond filling in, signing and validation data" + where);
    }
    String kind = kind(certificate);
    if (!kind.equals(seal ? "organisation" : "person")) {
      verdict.reasons.add(field + ": certificate of kind " + kind + " for a " + (seal ? "seal" : "signer"));
    }
  }

  /** A natural person (EN 319 412-2 §4.2.4) or an organisation (EN 319 412-3 §4.2.1), as the subject says. */
  private static String kind(CertificateWrapper certificate) {
    if (certificate == null) return "unknown";
    if (certificate.getGivenName() != null || certificate.getSurname() != null || certificate.getPseudo() != null) return "person";
    return certificate.getOrganizationName() != null ? "organisation" : "unknown";
  }

  /** Where the byte range of a revision ends, in bytes from the start of the file. */
  private static BigInteger end(PDFRevisionWrapper revision) {
    List<BigInteger> range = revision == null ? List.of() : revision.getSignatureByteRange();
    return range.size() == 4 ? range.get(2).add(range.get(3)) : BigInteger.ZERO;
  }

  private static String text(String value) {
    if (value == null) return "null";
    StringBuilder quoted = new StringBuilder("\"");
    for (char c : value.toCharArray()) {
      if (c == '"' || c == '\\') quoted.append('\\').append(c);
      else if (c < ' ') quoted.append(String.format("\\u%04x", (int) c));
      else quoted.append(c);
    }
    return quoted.append('"').toString();
  }
}
