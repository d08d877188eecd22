import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Doubles of Followthrough in JUnit 5. Copy this file beside your tests; it needs Jackson.
 *
 * <p>Needs {@code followthrough} on the PATH (npm install --global followthrough); or set
 * FOLLOWTHROUGH_URL to the URL of a {@code followthrough serve} that runs already, and
 * FOLLOWTHROUGH_TOKEN if it wants a token.
 */
final class Followthrough implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
    private static final HttpClient http = HttpClient.newHttpClient();
    private static final ObjectMapper json = new ObjectMapper();
    private static final String token = System.getenv("FOLLOWTHROUGH_TOKEN");

    private final List<TestDouble> doubles = new ArrayList<>();
    private String api = System.getenv("FOLLOWTHROUGH_URL");
    private Path folder;
    private Process server;

    /** Starts a server that lives as long as the tests of the class. */
    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        if (api != null) return;
        folder = Files.createTempDirectory("followthrough");
        Path ready = folder.resolve("ready.json");
        server =
                new ProcessBuilder(
                                "followthrough", "serve", "--port", "0", "--ready-file", ready.toString())
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        while (!Files.exists(ready)) {
            assertTrue(server.isAlive(), "followthrough serve ended before it was ready");
            Thread.sleep(20);
        }
        api = json.readTree(ready.toFile()).at("/api/url").asText();
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        for (TestDouble each : doubles) call("DELETE", each.url, null);
        doubles.clear();
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        if (server == null) return;
        server.destroy();
        server.waitFor();
        Files.delete(folder);
    }

    /** Starts a double of a scenario that comes with Followthrough. */
    TestDouble start(String name) throws Exception {
        return start(json.getNodeFactory().textNode(name));
    }

    /** Starts a double of a scenario of your own. */
    TestDouble startOwn(String scenario) throws Exception {
        return start(json.readTree(scenario));
    }

    private TestDouble start(JsonNode scenario) throws Exception {
        String body = json.createObjectNode().set("scenario", scenario).toString();
        JsonNode made = json.readTree(call("POST", api + "/v1/doubles", body));
        TestDouble started = new TestDouble(api + "/v1/doubles/" + made.get("id").asText());
        doubles.add(started);
        return started;
    }

    private static String call(String method, String url, String body) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url))
                        .method(
                                method,
                                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) request.header("Content-Type", "application/json");
        if (token != null) request.header("Authorization", "Bearer " + token);
        HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
        assertTrue(response.statusCode() < 300, () -> method + " " + url + ": " + response.body());
        return response.body();
    }

    /** A running test double, asked by Followthrough's HTTP API; deleted when the test ends. */
    static final class TestDouble {
        private final String url;

        private TestDouble(String url) {
            this.url = url;
        }

        /** The local form of a documented URL. */
        URI urlOf(String documented) throws Exception {
            String query = "/url?of=" + URLEncoder.encode(documented, StandardCharsets.UTF_8);
            return URI.create(get(query).get("url").asText());
        }

        /** The only redirect and the request it caused, once that came. */
        JsonNode hop() throws Exception {
            return get("/hop?timeout=5000");
        }

        /** The body of a recorded request. */
        String body(JsonNode exchange) throws Exception {
            return call(
                    "GET", url + "/exchanges/" + exchange.get("number").asText() + "/request/body", null);
        }

        /** Fails with Followthrough's report, unless each redirect was followed and no rule broken. */
        void assertFollowedThrough() throws Exception {
            // Waits until nothing more comes.
            JsonNode verdict = json.readTree(call("POST", url + "/settle", null));
            String outcome = verdict.get("outcome").asText();
            if (outcome.equals("kept")) return;
            String why = verdict.get("why").asText();
            fail(outcome + ": " + why + "\n\n" + call("GET", url + "/report", null));
        }

        private JsonNode get(String part) throws Exception {
            return json.readTree(call("GET", url + part, null));
        }
    }
}
