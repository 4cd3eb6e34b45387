package server

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"deckhouse-vsphere/lab/vcenter/internal/certificate"
	"deckhouse-vsphere/lab/vcenter/internal/control"
	"deckhouse-vsphere/lab/vcenter/internal/files"
	"deckhouse-vsphere/lab/vcenter/internal/inventory"
	"deckhouse-vsphere/lab/vcenter/internal/rest"
	"deckhouse-vsphere/lab/vcenter/internal/traffic"
	"deckhouse-vsphere/lab/vcenter/internal/vim"
)

// datastoreDirectory holds the files of the simulated datastores while the server runs.
const datastoreDirectory = "datastores"

// Options say what to run and where.
type Options struct {
	Inventory inventory.Description
	Listen    string // address of the vCenter, loopback only
	Control   string // address of the control endpoint, loopback only
	Directory string // for the certificate authority, ready.json and the files of datastores
	Password  string // of the administrator; empty means a random one

	// GuestSSHPort is where guests listen for SSH, each on a loopback address of its own; 0 means DefaultGuestSSHPort.
	GuestSSHPort int
}

// DefaultGuestSSHPort is not 22: that needs the rights of root.
const DefaultGuestSSHPort = 2222

// Server is a running simulated vCenter with its control endpoint.
type Server struct {
	Ready Ready

	world   *world
	front   *traffic.Front
	vcenter *http.Server
	control *http.Server
	files   string
	claimed *os.File
}

// Start builds the inventory, opens both ports and writes ready.json.
func Start(ctx context.Context, options Options) (*Server, error) {
	if err := os.MkdirAll(options.Directory, 0o700); err != nil {
		return nil, err
	}
	claimed, err := claim(options.Directory)
	if err != nil {
		return nil, err
	}
	server, err := open(ctx, options)
	if err != nil {
		_ = claimed.Close()
		return nil, err
	}
	server.claimed = claimed
	return server, nil
}

// claim takes a directory for this process until the file is closed, and removes the ready.json of one that was
// killed: two servers in one directory would remove each other's files.
func claim(directory string) (*os.File, error) {
	claimed, err := os.Open(directory)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(claimed.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		_ = claimed.Close()
		return nil, fmt.Errorf("directory %s: another vcenter-simulator runs there", directory)
	}
	if err := os.Remove(filepath.Join(directory, readyFile)); err != nil && !errors.Is(err, os.ErrNotExist) {
		_ = claimed.Close()
		return nil, err
	}
	return claimed, nil
}

func open(ctx context.Context, options Options) (*Server, error) {
	if options.Password == "" {
		options.Password = rand.Text()
	}
	if options.GuestSSHPort == 0 {
		options.GuestSSHPort = DefaultGuestSSHPort
	}
	vcenterListener, err := listen(options.Listen)
	if err != nil {
		return nil, err
	}
	controlListener, err := listen(options.Control)
	if err != nil {
		_ = vcenterListener.Close()
		return nil, err
	}
	server, err := assemble(ctx, options, vcenterListener.Addr().String(), controlListener.Addr().String())
	if err != nil {
		_ = vcenterListener.Close()
		_ = controlListener.Close()
		return nil, err
	}
	go serve(server.vcenter, tls.NewListener(vcenterListener, server.vcenter.TLSConfig))
	go serve(server.control, controlListener)
	if err := server.Ready.write(options.Directory); err != nil {
		server.Close()
		return nil, err
	}
	return server, nil
}

func assemble(ctx context.Context, options Options, address, controlAddress string) (*Server, error) {
	authority, err := certificate.OpenAuthority(options.Directory)
	if err != nil {
		return nil, err
	}
	serverCertificate, err := authority.ServerCertificate()
	if err != nil {
		return nil, err
	}
	datastores := filepath.Join(options.Directory, datastoreDirectory)
	if err := os.RemoveAll(datastores); err != nil { // left over from a run that was killed
		return nil, err
	}
	world, err := newWorld(ctx, options, datastores)
	if err != nil {
		return nil, fmt.Errorf("inventory: %w", err)
	}
	soapSessions := vim.Sessions{Access: world.access}
	restSessions := rest.NewSessions()
	front := traffic.NewFront(
		world.soapHandler(address),
		&rest.Handler{Tags: world.tags, Access: world.access, Directory: world.directory, Sessions: restSessions},
		&files.Handler{Access: world.access, Sessions: soapSessions, Client: world.builder.Client()},
		func() int { return len(soapSessions.All()) + len(restSessions.All()) },
	)
	endpoint := &control.Endpoint{
		Changer: world.changer(), Front: front, Guests: world.guests, SOAPSessions: soapSessions, RESTSessions: restSessions,
	}
	// Broken handshakes and dropped connections are part of many tests: no log.
	silent := log.New(io.Discard, "", 0)
	return &Server{
		Ready: newReady(options, address, controlAddress),
		world: world,
		front: front,
		files: datastores,
		vcenter: &http.Server{
			Handler:           front,
			ErrorLog:          silent,
			ReadHeaderTimeout: time.Minute,
			TLSConfig:         &tls.Config{Certificates: []tls.Certificate{serverCertificate}, MinVersion: tls.VersionTLS12},
		},
		control: &http.Server{Handler: endpoint.Handler(), ErrorLog: silent, ReadHeaderTimeout: time.Minute},
	}, nil
}

// soapHandler wires the SOAP services of the simulator: vim25 and the storage policy service, which also the
// Terraform provider contacts at start.
func (world *world) soapHandler(address string) http.Handler {
	service := world.model.Service
	service.Listen = &url.URL{Scheme: "https", Host: address, Path: "/sdk"}
	service.RegisterSDK(world.access.Map, world.access.Map.Path+"/vimService")
	world.policies.Register(service)
	service.ServeMux.HandleFunc(world.access.Map.Path+"/vimServiceVersions.xml", service.ServiceVersions)
	return service.ServeMux
}

// listen opens a port on a loopback address and refuses any other: the simulated vCenter is not for networks.
func listen(address string) (net.Listener, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, fmt.Errorf("address %q is not host:port: %w", address, err)
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return nil, fmt.Errorf("address %q is not a loopback address: use 127.0.0.1:PORT", address)
	}
	return net.Listen("tcp", address)
}

func serve(server *http.Server, listener net.Listener) {
	if err := server.Serve(listener); err != nil && !errors.Is(err, http.ErrServerClosed) {
		log.Printf("%s: %v", listener.Addr(), err)
	}
}

// Close stops everything at once and removes the files of the datastores and ready.json.
func (server *Server) Close() {
	server.front.Stop()
	_ = server.vcenter.Close()
	_ = server.control.Close()
	server.world.guests.Close()
	server.world.model.Remove()
	_ = os.RemoveAll(server.files)
	server.Ready.remove()
	_ = server.claimed.Close()
}
