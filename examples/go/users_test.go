package users

import (
	"encoding/json"
	"testing"
)

var regions = json.RawMessage(`{
	"name": "regions",
	"routes": [
		{
			"request": "POST https://api.example.test/users",
			"response": {"status": 307, "headers": {"Location": "https://eu.example.org/users"}}
		},
		{
			"request": "POST https://eu.example.org/users",
			"response": {"status": 201, "json": {"id": 123}}
		}
	]
}`)

func TestCreateRepeatsThePostAtTheTemporaryAddress(t *testing.T) {
	double := StartDouble(t, "api-move") // a scenario that comes with Followthrough
	users := New(double.Client(), "https://api.example.test/api/v1", "secret")

	if err := users.Create(User{Name: "Ada"}); err != nil {
		t.Fatal(err)
	}

	double.AssertFollowedThrough()
	followUp := double.Hop().FollowUp
	if method := followUp.Request.Method; method != "POST" {
		t.Errorf("the follow-up is a %s, not a POST", method)
	}
	if url := followUp.Request.URL; url != "https://api.example.test/api/v2/users" {
		t.Errorf("the follow-up went to %s", url)
	}
	if contentType := followUp.Header().Get("Content-Type"); contentType != "application/json" {
		t.Errorf("the follow-up has the Content-Type %q", contentType)
	}
	if body := double.Body(followUp); body != `{"name":"Ada"}` {
		t.Errorf("the follow-up has the body %s", body)
	}
}

func TestTheTokenStaysWithItsHost(t *testing.T) {
	double := StartDouble(t, regions) // one of our own
	users := New(double.Client(), "https://api.example.test", "secret")

	if err := users.Create(User{Name: "Ada"}); err != nil {
		t.Fatal(err)
	}

	double.AssertFollowedThrough()
	if _, sent := double.Hop().FollowUp.Header()["Authorization"]; sent {
		t.Error("the token went to another host")
	}
}
