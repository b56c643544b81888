import java.io.FileInputStream;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Asks veraPDF: `Check FLAVOUR FILE…` prints for each file how many checks were made, and a line for each that failed. */
public class Check {
    private static final int MOST_FAULTS = 20;

    public static void main(String[] args) throws Exception {
        Logger.getLogger("").setLevel(Level.OFF);
        VeraGreenfieldFoundryProvider.initialise();
        PDFAFlavour flavour = PDFAFlavour.byFlavourId(args[0]);
        for (int i = 1; i < args.length; i++) {
            try (FileInputStream file = new FileInputStream(args[i]);
                 PDFAParser parser = Foundries.defaultInstance().createParser(file, flavour);
                 PDFAValidator validator = Foundries.defaultInstance()
                     .createValidator(flavour, MOST_FAULTS, false, false, false)) {
                ValidationResult result = validator.validate(parser);
                System.out.println("file\t" + args[i] + "\t" + result.getTotalAssertions());
                for (TestAssertion each : result.getTestAssertions()) {
                    String clause = each.getRuleId().getClause() + "-" + each.getRuleId().getTestNumber();
                    System.out.println("fault\t" + clause + "\t" + each.getMessage().replaceAll("\\s+", " "));
                }
            } catch (Exception fault) {
                System.out.println("file\t" + args[i] + "\t0");
                System.out.println("fault\tunreadable\t" + fault.getMessage());
            }
        }
    }
}
