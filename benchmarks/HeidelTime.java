// HeidelTime in one process for many texts: a line LANGUAGE<tab>DAY<tab>TEXT in Base64 each, answered by SECONDS<tab>NUMBER OF DATES.
// Run from its source: java -cp de.unihd.dbs.heideltime.standalone.jar HeidelTime.java CONFIG.PROPS
import de.unihd.dbs.heideltime.standalone.DocumentType;
import de.unihd.dbs.heideltime.standalone.HeidelTimeStandalone;
import de.unihd.dbs.heideltime.standalone.OutputType;
import de.unihd.dbs.heideltime.standalone.POSTagger;
import de.unihd.dbs.uima.annotator.heideltime.resources.Language;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.text.SimpleDateFormat;
import java.util.Base64;
import java.util.Date;
import java.util.EnumMap;
import java.util.Map;
import java.util.logging.LogManager;

public class HeidelTime {
  public static void main(String[] arguments) throws Exception {
    LogManager.getLogManager().reset();
    Map<Language, HeidelTimeStandalone> taggers = new EnumMap<>(Language.class);
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String[] parts = line.split("\t");
      Language language = Language.getLanguageFromString(parts[0]);
      Date day = new SimpleDateFormat("yyyy-MM-dd").parse(parts[1]);
      String text = new String(Base64.getDecoder().decode(parts[2]), StandardCharsets.UTF_8);
      if (!taggers.containsKey(language)) {
        taggers.put(language, new HeidelTimeStandalone(
            language, DocumentType.NEWS, OutputType.TIMEML, arguments[0], POSTagger.TREETAGGER));
      }
      long begin = System.nanoTime();
      String found = taggers.get(language).process(text, day);
      double seconds = (System.nanoTime() - begin) / 1e9;
      System.out.println(seconds + "\t" + (found.split("<TIMEX3").length - 1));
      System.out.flush();
    }
  }
}
