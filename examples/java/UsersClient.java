import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/**
 * A client of a users API, as an application might have one. It follows redirects by itself, since
 * HttpClient would send the token along to other origins.
 */
final class UsersClient {
    private static final int MOST_REDIRECTS = 5;

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI base;
    private final String token;

    /** @param base such as https://api.example.test/api/v1 */
    UsersClient(URI base, String token) {
        this.base = base;
        this.token = token;
    }

    void create(String name) throws IOException, InterruptedException {
        String user = "{\"name\":\"" + name + "\"}";
        URI target = URI.create(base + "/users");
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            HttpResponse<String> response = post(target, user);
            if (response.statusCode() == 201) return;
            if (response.statusCode() != 307 && response.statusCode() != 308)
                throw new IOException(name + " was not created: " + response.statusCode());
            target = target.resolve(response.headers().firstValue("Location").orElseThrow());
        }
        throw new IOException(name + " was not created: too many redirects");
    }

    private HttpResponse<String> post(URI target, String user)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(target)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(user));
        if (isSameOrigin(target)) request.header("Authorization", "Bearer " + token);
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private boolean isSameOrigin(URI target) {
        return target.getScheme().equals(base.getScheme())
                && target.getAuthority().equals(base.getAuthority());
    }
}
