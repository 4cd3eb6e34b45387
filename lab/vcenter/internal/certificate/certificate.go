// Package certificate makes the certificate authority of the lab and the server certificate that it signs.
package certificate

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"time"
)

// The files of the authority in its directory.
const (
	AuthorityFile    = "ca.pem"
	authorityKeyFile = "ca-key.pem"
)

// lifetime is longer than any lab lives; a directory that is older gets a new authority.
const lifetime = 365 * 24 * time.Hour

// Authority signs server certificates.
type Authority struct {
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
}

// OpenAuthority reads the authority of a directory, or makes one there when none is valid for another day. Keeping it
// means that clients which trust it still do after a restart.
func OpenAuthority(directory string) (Authority, error) {
	authority, err := readAuthority(directory)
	if err == nil && time.Now().Add(24*time.Hour).Before(authority.certificate.NotAfter) {
		return authority, nil
	}
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return Authority{}, fmt.Errorf("%w: remove %s and %s to get a new certificate authority", err, AuthorityFile, authorityKeyFile)
	}
	return makeAuthority(directory)
}

func readAuthority(directory string) (Authority, error) {
	pair, err := tls.LoadX509KeyPair(filepath.Join(directory, AuthorityFile), filepath.Join(directory, authorityKeyFile))
	if err != nil {
		return Authority{}, fmt.Errorf("read the certificate authority: %w", err)
	}
	key, isECDSA := pair.PrivateKey.(*ecdsa.PrivateKey)
	if !isECDSA {
		return Authority{}, errors.New("read the certificate authority: its key is not an ECDSA key")
	}
	return Authority{certificate: pair.Leaf, key: key}, nil
}

func makeAuthority(directory string) (Authority, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return Authority{}, err
	}
	template := newTemplate("Lab certificate authority")
	template.IsCA = true
	template.BasicConstraintsValid = true
	template.KeyUsage = x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature
	encoded, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		return Authority{}, err
	}
	parsed, err := x509.ParseCertificate(encoded)
	if err != nil {
		return Authority{}, err
	}
	encodedKey, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return Authority{}, err
	}
	if err := writePEM(filepath.Join(directory, authorityKeyFile), "PRIVATE KEY", encodedKey, 0o600); err != nil {
		return Authority{}, err
	}
	if err := writePEM(filepath.Join(directory, AuthorityFile), "CERTIFICATE", encoded, 0o644); err != nil {
		return Authority{}, err
	}
	return Authority{certificate: parsed, key: key}, nil
}

// ServerCertificate signs a certificate for this machine only.
func (authority Authority) ServerCertificate() (tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, err
	}
	template := newTemplate("localhost")
	template.DNSNames = []string{"localhost"}
	template.IPAddresses = []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback}
	template.KeyUsage = x509.KeyUsageDigitalSignature
	template.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
	encoded, err := x509.CreateCertificate(rand.Reader, template, authority.certificate, &key.PublicKey, authority.key)
	if err != nil {
		return tls.Certificate{}, err
	}
	leaf, err := x509.ParseCertificate(encoded)
	if err != nil {
		return tls.Certificate{}, err
	}
	return tls.Certificate{Certificate: [][]byte{encoded}, PrivateKey: key, Leaf: leaf}, nil
}

func newTemplate(name string) *x509.Certificate {
	serial, _ := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 127)) // crypto/rand never fails
	return &x509.Certificate{
		SerialNumber: serial,
		Subject:      pkix.Name{Organization: []string{"deckhouse-vsphere lab"}, CommonName: name},
		NotBefore:    time.Now().Add(-time.Hour),
		NotAfter:     time.Now().Add(lifetime),
	}
}

// writePEM replaces the file, so that the mode holds for one that was there before too.
func writePEM(path, kind string, content []byte, mode os.FileMode) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: content}), mode)
}
