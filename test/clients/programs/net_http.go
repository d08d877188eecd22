// One request by Go's net/http, redirects followed as its default client does. See contract.md.
package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"time"
)

func main() {
	var body io.Reader
	if name, given := os.LookupEnv("BODY_FILE"); given {
		content, err := os.ReadFile(name)
		must(err)
		// A bytes.Reader can be read again, so that the client can repeat the body.
		body = bytes.NewReader(content)
		if os.Getenv("STREAM") == "1" {
			body = io.NopCloser(body)
		}
	}
	request, err := http.NewRequest(os.Getenv("METHOD"), os.Getenv("URL"), body)
	must(err)
	request.Header = fields(os.Getenv("HEADERS_FILE"))
	if name, given := os.LookupEnv("TRAILERS_FILE"); given {
		request.Trailer = fields(name)
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	// The default, a second, may be over on a busy machine before an answer was seen.
	transport.ExpectContinueTimeout = time.Minute
	response, err := (&http.Client{Transport: transport}).Do(request)
	must(err)
	_, err = io.Copy(io.Discard, response.Body)
	must(err)
	fmt.Println(response.StatusCode)
}

func fields(name string) http.Header {
	file, err := os.Open(name)
	must(err)
	read := http.Header{}
	for lines := bufio.NewScanner(file); lines.Scan(); {
		name, value, _ := strings.Cut(lines.Text(), ": ")
		read.Set(name, value)
	}
	return read
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
