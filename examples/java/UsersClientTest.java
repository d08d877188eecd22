import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UsersClientTest {
    private static final String REGIONS =
            """
            {
              "name": "regions",
              "routes": [
                {
                  "request": "POST https://api.example.test/users",
                  "response": {"status": 307, "headers": {"Location": "https://eu.example.test/users"}}
                },
                {
                  "request": "POST https://eu.example.test/users",
                  "response": {"status": 201, "json": {"id": 123}}
                }
              ]
            }
            """;

    @RegisterExtension static final Followthrough followthrough = new Followthrough();

    @Test
    void createRepeatsThePostAtTheTemporaryAddress() throws Exception {
        var move = followthrough.start("api-move"); // a scenario that comes with Followthrough
        var users = new UsersClient(move.urlOf("https://api.example.test/api/v1"), "secret");

        users.create("Ada");

        move.assertFollowedThrough();
        JsonNode followUp = move.hop().get("followUp");
        assertEquals("POST", followUp.at("/request/method").asText());
        assertEquals(
                "https://api.example.test/api/v2/users", followUp.at("/request/url").asText());
        assertEquals("{\"name\":\"Ada\"}", move.body(followUp));
    }

    @Test
    void theTokenStaysWithItsOrigin() throws Exception {
        var regions = followthrough.startOwn(REGIONS);
        var users = new UsersClient(regions.urlOf("https://api.example.test"), "secret");

        users.create("Ada");

        regions.assertFollowedThrough();
        for (JsonNode header : regions.hop().at("/followUp/request/headers"))
            assertFalse(header.get(0).asText().equalsIgnoreCase("Authorization"));
    }
}
