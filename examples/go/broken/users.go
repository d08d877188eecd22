// Package users has the client with a mistake, to see a test fail: so that no header is lost on the
// way, it copies all of them to each redirected request, and so the token to other hosts.
package users

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
)

// User is what the API is asked to create.
type User struct {
	Name string `json:"name"`
}

// Client keeps all headers when it is redirected.
type Client struct {
	http  *http.Client
	base  string
	token string
}

// New gives a client of the API at base. It makes its requests with the http.Client that it is given.
func New(client *http.Client, base, token string) *Client {
	client.CheckRedirect = func(request *http.Request, via []*http.Request) error {
		request.Header = via[0].Header.Clone()
		return nil
	}
	return &Client{client, base, token}
}

// Create creates a user.
func (c *Client) Create(user User) error {
	body, err := json.Marshal(user)
	if err != nil {
		return err
	}
	request, err := http.NewRequest("POST", c.base+"/users", bytes.NewReader(body))
	if err != nil {
		return err
	}
	request.Header.Set("Authorization", "Bearer "+c.token)
	request.Header.Set("Content-Type", "application/json")
	response, err := c.http.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusCreated {
		return fmt.Errorf("%s was not created: %s", user.Name, response.Status)
	}
	return nil
}
