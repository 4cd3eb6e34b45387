package server

import (
	"encoding/json"
	"os"
	"path/filepath"

	"deckhouse-vsphere/lab/vcenter/internal/certificate"
)

// readyFile appears in the directory when the server answers, and disappears when it stops.
const readyFile = "ready.json"

// Ready tells clients how to reach the server. It holds the password, so only its owner may read the file.
type Ready struct {
	Server               string `json:"server"`
	URL                  string `json:"url"`
	Control              string `json:"control"`
	User                 string `json:"user"`
	Password             string `json:"password"`
	CertificateAuthority string `json:"certificateAuthority"`
	ProcessID            int    `json:"processId"`

	path string
}

func newReady(options Options, address, controlAddress string) Ready {
	authority := filepath.Join(options.Directory, certificate.AuthorityFile)
	if absolute, err := filepath.Abs(authority); err == nil {
		authority = absolute
	}
	return Ready{
		Server:               address,
		URL:                  "https://" + address + "/sdk",
		Control:              "http://" + controlAddress,
		User:                 Administrator,
		Password:             options.Password,
		CertificateAuthority: authority,
		ProcessID:            os.Getpid(),
	}
}

// write puts the whole file in place at once, so that a reader never sees half of it.
func (ready *Ready) write(directory string) error {
	content, err := json.MarshalIndent(ready, "", "  ")
	if err != nil {
		return err
	}
	temporary, err := os.CreateTemp(directory, readyFile+".*") // made with mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(temporary.Name())
	if _, err := temporary.Write(append(content, '\n')); err != nil {
		_ = temporary.Close()
		return err
	}
	if err := temporary.Close(); err != nil {
		return err
	}
	ready.path = filepath.Join(directory, readyFile)
	return os.Rename(temporary.Name(), ready.path)
}

func (ready *Ready) remove() {
	_ = os.Remove(ready.path)
}
