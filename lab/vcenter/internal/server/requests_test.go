package server_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/vmware/govmomi"
	"github.com/vmware/govmomi/session"
	"github.com/vmware/govmomi/vim25"
	"github.com/vmware/govmomi/vim25/soap"
)

// answer is what a raw HTTP call returned.
type answer struct {
	status      int
	contentType string
	body        string
}

// kind is the type of a /rest error.
func (answer answer) kind() string {
	var body struct {
		Type string `json:"type"`
	}
	_ = json.Unmarshal([]byte(answer.body), &body)
	return body.Type
}

// value decodes the value of a /rest success.
func (answer answer) value(into any) error {
	if answer.status != http.StatusOK {
		return fmt.Errorf("status %d: %s", answer.status, answer.body)
	}
	var body struct {
		Value json.RawMessage `json:"value"`
	}
	if err := json.Unmarshal([]byte(answer.body), &body); err != nil {
		return fmt.Errorf("%q: %w", answer.body, err)
	}
	return json.Unmarshal(body.Value, into)
}

// batchResult is the answer of the batch calls.
type batchResult struct {
	Success bool `json:"success"`
	Errors  []struct {
		ID      string `json:"id"`
		Message string `json:"default_message"`
	} `json:"error_messages"`
}

func govmomiClient(ctx context.Context, transport *soap.Client, user *url.Userinfo) (*govmomi.Client, error) {
	client, err := vim25.NewClient(ctx, transport)
	if err != nil {
		return nil, err
	}
	connected := &govmomi.Client{Client: client, SessionManager: session.NewManager(client)}
	return connected, connected.Login(ctx, user)
}

// request makes a raw HTTP call over the same transport as the clients.
func (on *target) request(ctx context.Context, method, path, body string, headers map[string]string) (answer, error) {
	address := *on.URL
	address.User = nil
	address.Path, address.RawQuery, _ = strings.Cut(path, "?")
	request, err := http.NewRequestWithContext(ctx, method, address.String(), bytes.NewReader([]byte(body)))
	if err != nil {
		return answer{}, err
	}
	request.Header.Set("Content-Type", "application/json")
	for name, value := range headers {
		request.Header.Set(name, value)
	}
	response, err := (&http.Client{Transport: on.Client.Client.Client.Client.Transport}).Do(request)
	if err != nil {
		return answer{}, err
	}
	return readAnswer(response)
}

func readAnswer(response *http.Response) (answer, error) {
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	return answer{status: response.StatusCode, contentType: response.Header.Get("Content-Type"), body: string(body)}, err
}

// control calls the control endpoint and decodes the answer, if one is wanted.
func (on *target) control(method, path, body string, into any) error {
	if on.Control == "" {
		return errors.New("there is no control endpoint")
	}
	request, err := http.NewRequest(method, on.Control+path, strings.NewReader(body))
	if err != nil {
		return err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	got, err := readAnswer(response)
	if err != nil {
		return err
	}
	if got.status >= 300 {
		return fmt.Errorf("%s %s: %d %s", method, path, got.status, got.body)
	}
	if into == nil {
		return nil
	}
	return json.Unmarshal([]byte(got.body), into)
}
