import java.io.FileInputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * veraPDF as an outside judge: is each file PDF/A of the flavour that is asked for (1b, 2b, 3u …)?
 *
 * <pre>Judge FLAVOUR FILE [FLAVOUR FILE ...]</pre>
 *
 * One JSON line per file; the reasons are the clauses that it breaks.
 */
final class Judge {
  public static void main(String[] args) throws Exception {
    java.util.logging.LogManager.getLogManager().reset();
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    VeraGreenfieldFoundryProvider.initialise();
    for (int i = 0; i + 1 < args.length; i += 2) {
      PDFAFlavour flavour = PDFAFlavour.byFlavourId(args[i]);
      Set<String> broken = new TreeSet<>();
      boolean passed = false;
      try (FileInputStream stream = new FileInputStream(args[i + 1]);
          PDFAParser parser = Foundries.defaultInstance().createParser(stream, flavour);
          PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, 1, false, false, false)) {
        ValidationResult result = validator.validate(parser);
        passed = result.isCompliant();
        for (TestAssertion one : result.getTestAssertions()) {
          if (one.getStatus() == TestAssertion.Status.FAILED) {
            broken.add(one.getRuleId().getClause() + "-" + one.getRuleId().getTestNumber());
          }
        }
      } catch (Exception unreadable) { // whatever a judge cannot read, it refuses
        broken.add(unreadable.getClass().getSimpleName());
      }
      out.println("{\"judge\":\"verapdf\",\"file\":" + text(args[i + 1]) + ",\"passed\":" + passed + ",\"reasons\":"
          + broken.stream().map(Judge::text).collect(Collectors.joining(",", "[", "]")) + "}");
    }
  }

  private static String text(String value) {
    return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
