package dev.outbox.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.jsoup.Connection.KeyVal;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.FormElement;

/** Somebody who walks through the pages, as a browser without scripts does: with cookies, links and forms. */
final class TestVisitor {

    private final TestConsole console;
    private final HttpClient http = HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(Redirect.NORMAL)
            .build();

    private TestVisitor(TestConsole console) {
        this.console = console;
    }

    static TestVisitor unknown(TestConsole console) {
        return new TestVisitor(console);
    }

    /** The name of a user is the one role that the user has. */
    static TestVisitor signedIn(TestConsole console, String user) {
        TestVisitor visitor = new TestVisitor(console);
        visitor.submit(
                visitor.get("/outbox/sign-in"),
                "/outbox/sign-in",
                Map.of("username", user, "password", "secret-" + user));
        return visitor;
    }

    Page get(String path) {
        return get(console.address(path));
    }

    /** Follows the link with this text. */
    Page follow(Page page, String text) {
        Element link = page.document().select("a").stream()
                .filter(found -> found.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No link '%s' on %s".formatted(text, page.text())));
        return get(URI.create(link.absUrl("href")));
    }

    /** Sends the form whose address begins like this, with what it has and what is filled in. */
    Page submit(Page page, String action, Map<String, String> filledIn) {
        FormElement form = form(page, action);
        Map<String, String> fields = form.formData().stream()
                .collect(Collectors.toMap(KeyVal::key, KeyVal::value, (first, second) -> second));
        fields.putAll(filledIn);
        return submit(form, fields);
    }

    private Page submit(FormElement form, Map<String, String> fields) {
        String data = data(fields);
        URI action = URI.create(form.absUrl("action"));
        if (form.attr("method").equalsIgnoreCase("post")) {
            return send(HttpRequest.newBuilder(action)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(data)));
        }
        return get(URI.create(action.toString().replaceFirst("\\?.*", "") + "?" + data));
    }

    static FormElement form(Page page, String action) {
        return page.document().select("form").stream()
                .filter(form -> form.attr("action").replaceFirst("\\?.*", "").equals(action))
                .map(FormElement.class::cast)
                .findFirst()
                .orElseThrow(() -> new AssertionError("No form for '%s' on %s".formatted(action, page.text())));
    }

    /** A request that no form of a page sends. */
    Page post(String path, Map<String, String> fields) {
        return send(HttpRequest.newBuilder(console.address(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(data(fields))));
    }

    Page send(HttpRequest.Builder request) {
        try {
            return new Page(http.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Page get(URI address) {
        return send(
                HttpRequest.newBuilder(address).header("Accept", "text/html").GET());
    }

    private static String data(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** What is shown. */
    record Page(HttpResponse<String> response) {

        int status() {
            return response.statusCode();
        }

        String path() {
            return response.uri().getPath();
        }

        Document document() {
            return Jsoup.parse(response.body(), response.uri().toString());
        }

        String text() {
            return document().body().text();
        }

        /** The first line, which answers the question of the page. */
        String answer() {
            return document().select(".answer").text();
        }
    }
}
