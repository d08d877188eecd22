package users

// Doubles of Followthrough in Go. Copy this file beside your tests.
//
// Needs `followthrough` on the PATH (npm install --global followthrough); or set FOLLOWTHROUGH_URL to
// the URL of a `followthrough serve` that runs already, and FOLLOWTHROUGH_TOKEN if it wants a token.

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"syscall"
	"testing"
)

var api = os.Getenv("FOLLOWTHROUGH_URL")

// TestMain starts a server that lives as long as the tests.
func TestMain(m *testing.M) {
	stop := func() {}
	if api == "" {
		stop = serve()
	}
	code := m.Run()
	stop()
	os.Exit(code)
}

func serve() (stop func()) {
	reader, writer, err := os.Pipe()
	must(err)
	server := exec.Command("followthrough", "serve", "--port", "0", "--ready-fd", "3")
	server.ExtraFiles = []*os.File{writer} // its descriptor 3
	server.Stderr = os.Stderr
	must(server.Start())
	writer.Close()
	var ready struct{ API struct{ URL string } }
	must(json.NewDecoder(reader).Decode(&ready))
	api = ready.API.URL
	return func() {
		server.Process.Signal(syscall.SIGTERM)
		server.Wait()
	}
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

// Double is a running test double, made and asked by Followthrough's HTTP API.
type Double struct {
	t     *testing.T
	url   string
	Proxy string // URL of the forward proxy that leads to it
}

// Hop is a redirect and the request it caused.
type Hop struct{ Redirect, FollowUp Exchange }

// Exchange is a request that the double recorded.
type Exchange struct {
	Number  int
	Request struct {
		Method, URL string
		Headers     [][2]string
	}
}

// Header gives the header fields of the request.
func (e Exchange) Header() http.Header {
	header := http.Header{}
	for _, field := range e.Request.Headers {
		header.Add(field[0], field[1])
	}
	return header
}

// StartDouble makes a double of a scenario, which is deleted when the test ends. The scenario is the
// name of a shipped one, or one of your own as json.RawMessage.
func StartDouble(t *testing.T, scenario any) *Double {
	t.Helper()
	body, err := json.Marshal(map[string]any{"scenario": scenario})
	must(err)
	double := &Double{t: t, url: api + "/v1/doubles"}
	var made struct{ ID, Proxy string }
	double.decode(double.call("POST", "", body), &made)
	double.url += "/" + made.ID
	double.Proxy = made.Proxy
	t.Cleanup(func() { double.call("DELETE", "", nil) })
	return double
}

// Client gives a client that reaches the documented URLs through the double's proxy, over TLS with a
// certificate of the double's CA. Nothing leaves the machine.
func (d *Double) Client() *http.Client {
	d.t.Helper()
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(d.call("GET", "/ca.pem", nil))
	proxy, err := url.Parse(d.Proxy)
	must(err)
	transport := &http.Transport{
		Proxy:           http.ProxyURL(proxy),
		TLSClientConfig: &tls.Config{RootCAs: roots},
	}
	d.t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport}
}

// Hop gives the only redirect, once its follow-up came.
func (d *Double) Hop() (hop Hop) {
	d.t.Helper()
	d.decode(d.call("GET", "/hop?timeout=5000", nil), &hop)
	return hop
}

// Body gives the body of a recorded request, byte for byte.
func (d *Double) Body(exchange Exchange) string {
	d.t.Helper()
	return string(d.call("GET", fmt.Sprintf("/exchanges/%d/request/body", exchange.Number), nil))
}

// AssertFollowedThrough fails the test with Followthrough's report, unless each redirect was followed
// and no rule broken.
func (d *Double) AssertFollowedThrough() {
	d.t.Helper()
	var verdict struct{ Outcome, Why string }
	d.decode(d.call("POST", "/settle", nil), &verdict) // waits until nothing more comes
	if verdict.Outcome != "kept" {
		d.t.Fatalf("%s: %s\n\n%s", verdict.Outcome, verdict.Why, d.call("GET", "/report", nil))
	}
}

func (d *Double) call(method, part string, body []byte) []byte {
	d.t.Helper()
	request, err := http.NewRequest(method, d.url+part, bytes.NewReader(body))
	must(err)
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	if token := os.Getenv("FOLLOWTHROUGH_TOKEN"); token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	response, err := http.DefaultClient.Do(request)
	must(err)
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	must(err)
	if response.StatusCode >= 300 {
		d.t.Fatalf("%s %s: %s", method, request.URL, content)
	}
	return content
}

func (d *Double) decode(content []byte, into any) {
	d.t.Helper()
	if err := json.Unmarshal(content, into); err != nil {
		d.t.Fatalf("%v in %s", err, content)
	}
}
