package guest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"
)

const (
	fetchTimeout = 10 * time.Second
	largestFile  = 16 << 20
)

// fetcher gets the installer's answers. It goes to loopback addresses only and uses no proxy, so that a wrong address
// in a boot command cannot send anything off this machine.
var fetcher = &http.Client{
	Timeout:       fetchTimeout,
	Transport:     &http.Transport{DisableKeepAlives: true},
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

// fetch gets one file and says how that went. An answer other than 200 is an error.
func fetch(ctx context.Context, address string) ([]byte, Fetch, error) {
	attempt := Fetch{URL: address}
	content, status, err := get(ctx, address)
	attempt.Status, attempt.Bytes = status, len(content)
	if err != nil {
		attempt.Error = err.Error()
	}
	return content, attempt, err
}

func get(ctx context.Context, address string) ([]byte, int, error) {
	parsed, err := url.Parse(address)
	if err != nil || parsed.Scheme != "http" {
		return nil, 0, errors.New("not an http address")
	}
	if ip := net.ParseIP(parsed.Hostname()); ip == nil || !ip.IsLoopback() {
		return nil, 0, fmt.Errorf("%s is unreachable: the lab's guests reach loopback addresses only", parsed.Hostname())
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, 0, err
	}
	response, err := fetcher.Do(request)
	if err != nil {
		return nil, 0, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, response.StatusCode, fmt.Errorf("the answer is %s", response.Status)
	}
	content, err := io.ReadAll(io.LimitReader(response.Body, largestFile))
	return content, response.StatusCode, err
}
