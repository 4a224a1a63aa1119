package dev.outbox.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import dev.outbox.embedded.Patience;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Chromium without a window. Where there is none, the test is aborted and says so. */
final class TestBrowser implements AutoCloseable {

    private static final Set<String> SERIOUS = Set.of("serious", "critical");

    private static final int MANY_STOPS = 80;

    private final TestConsole console;
    private final ChromeDriver driver;

    private TestBrowser(TestConsole console, ChromeDriver driver) {
        this.console = console;
        this.driver = driver;
    }

    static void assumeInstalled() {
        Assumptions.assumeTrue(
                found("chromium", "chromium-browser", "google-chrome").isPresent()
                        && found("chromedriver").isPresent(),
                "The pages are not tested in a browser: there is no chromium or no chromedriver on the PATH"
                        + " (apt-get install --no-install-recommends chromium chromium-driver)");
    }

    static TestBrowser open(TestConsole console) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(found("chromium", "chromium-browser", "google-chrome").orElseThrow());
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--lang=en");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(found("chromedriver").orElseThrow())
                .build();
        TestBrowser browser = new TestBrowser(console, new ChromeDriver(service, options));
        browser.desktop();
        return browser;
    }

    TestBrowser desktop() {
        return size(1100, 800, false);
    }

    /** The smallest phone that is common. */
    TestBrowser phone() {
        return size(360, 740, true);
    }

    private TestBrowser size(int width, int height, boolean mobile) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", mobile));
        return this;
    }

    TestBrowser scheme(String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        return this;
    }

    TestBrowser signIn(String user) {
        return signIn(user, "/outbox");
    }

    TestBrowser signIn(String user, String firstPage) {
        open("/outbox/sign-in");
        driver.findElement(By.id("username")).sendKeys(user);
        driver.findElement(By.id("password")).sendKeys("secret-" + user, Keys.ENTER);
        awaitPath(firstPage);
        return this;
    }

    TestBrowser open(String path) {
        driver.get(console.address(path).toString());
        return this;
    }

    /** Goes on with the key Tab until this link, button or field has the focus. */
    TestBrowser tabTo(String name) {
        for (int stop = 0; stop < MANY_STOPS; stop++) {
            driver.switchTo().activeElement().sendKeys(Keys.TAB);
            WebElement focused = driver.switchTo().activeElement();
            if (name.equals(focused.getAccessibleName())) {
                assertThat(focused.getCssValue("outline-style"))
                        .as("the focus on %s is seen", name)
                        .isNotEqualTo("none");
                return this;
            }
        }
        throw new AssertionError("The key Tab does not come to '%s' on %s".formatted(name, text()));
    }

    TestBrowser type(CharSequence... keys) {
        driver.switchTo().activeElement().sendKeys(keys);
        return this;
    }

    TestBrowser awaitPath(String path) {
        waiting().until(any -> URI.create(driver.getCurrentUrl()).getPath().equals(path));
        return this;
    }

    TestBrowser awaitText(String text) {
        waiting().withMessage(() -> "'%s' in: %s".formatted(text, text())).until(any -> text().contains(text));
        return this;
    }

    TestBrowser awaitScript(String script) {
        waiting().until(any -> run(script).equals("true"));
        return this;
    }

    String text() {
        return run("return document.body.innerText");
    }

    String run(String script) {
        return String.valueOf(driver.executeScript(script));
    }

    /** What is wrong with the page for people who see, hear or move otherwise. */
    List<String> barriers() {
        return new AxeBuilder()
                .analyze(driver).getViolations().stream()
                        .filter(rule -> SERIOUS.contains(rule.getImpact()))
                        .map(TestBrowser::barrier)
                        .toList();
    }

    private static String barrier(Rule rule) {
        return rule.getId() + ": " + rule.getNodes().get(0).getHtml();
    }

    /** In light and dark, on a desk and on a phone. */
    void assertNothingIsInTheWay(List<String> pages) {
        for (String scheme : List.of("light", "dark")) {
            for (boolean phone : new boolean[] {false, true}) {
                (phone ? phone() : desktop()).scheme(scheme);
                for (String page : pages) {
                    open(page);
                    String where = "%s, %s%s".formatted(page, scheme, phone ? ", on a phone" : "");
                    assertThat(fits())
                            .as("no need to scroll sideways on %s", where)
                            .isTrue();
                    assertThat(complaints()).as(where).allMatch(text -> text.contains("404"));
                    assertThat(barriers()).as(where).isEmpty();
                    complaints();
                }
            }
        }
    }

    boolean fits() {
        return run("return document.documentElement.scrollWidth <= window.innerWidth")
                .equals("true");
    }

    /** What the browser complains about, such as a script that the policy of the page forbids. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(entry -> entry.getMessage())
                .toList();
    }

    void screenshot(Path file) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }

    private WebDriverWait waiting() {
        return new WebDriverWait(driver, Patience.LIMIT);
    }

    private static Optional<File> found(String... names) {
        return Arrays.stream(names)
                .flatMap(name -> Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .map(folder -> new File(folder, name)))
                .filter(File::canExecute)
                .findFirst();
    }
}
