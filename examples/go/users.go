// Package users is a client of a users API, as an application might have one.
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

// Client follows redirects as net/http does, which keeps the token from other hosts.
type Client struct {
	http  *http.Client
	base  string
	token string
}

// New gives a client of the API at base. It makes its requests with the http.Client that it is given.
func New(client *http.Client, base, token string) *Client {
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
