package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	vcenter "deckhouse-vsphere/lab/vcenter"
	"deckhouse-vsphere/lab/vcenter/internal/inventory"
	"deckhouse-vsphere/lab/vcenter/internal/server"
)

// passwordVariable keeps the password out of the process list.
const passwordVariable = "VCENTER_SIMULATOR_PASSWORD"

const usage = `Usage: vcenter-simulator --directory DIR [flags]

Runs a simulated vCenter that behaves as a real one for tags, roles, permissions and lookups, and a control endpoint
for tests. When both answer, it writes DIR/ready.json with the addresses, the user, the password and the path of the
certificate authority. It stops on SIGINT and SIGTERM.

Flags:
`

// settings are what the command line says.
type settings struct {
	inventory           string
	zones               int
	datastores          int
	listen              string
	control             string
	directory           string
	password            string
	guestSSHPort        int
	exitWhenStdinCloses bool
}

func parse(arguments []string, output io.Writer) (settings, error) {
	var given settings
	flags := flag.NewFlagSet("vcenter-simulator", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.StringVar(&given.directory, "directory", "", "`DIR` for the certificate authority, ready.json and datastore files (required; made if missing)")
	flags.StringVar(&given.inventory, "inventory", "", "YAML `FILE` with the inventory (default: the built-in example with two regions)")
	flags.IntVar(&given.zones, "generate-zones", 0, "replace the inventory's datacenters by `N` generated zones, two in each datacenter")
	flags.IntVar(&given.datastores, "generate-datastores", 1, "with --generate-zones: `M` datastores in each zone")
	flags.StringVar(&given.listen, "listen", "127.0.0.1:0", "loopback `ADDRESS` of the vCenter; port 0 takes a free one")
	flags.StringVar(&given.control, "control", "127.0.0.1:0", "loopback `ADDRESS` of the control endpoint; port 0 takes a free one")
	flags.StringVar(&given.password, "password", "", "`PASSWORD` of "+"administrator@vsphere.local (default: the variable "+passwordVariable+", else a random one)")
	flags.IntVar(&given.guestSSHPort, "guest-ssh-port", server.DefaultGuestSSHPort, "`PORT` on which the guests of virtual machines listen for SSH, each on a loopback address of its own")
	flags.BoolVar(&given.exitWhenStdinCloses, "exit-when-stdin-closes", false, "stop when standard input ends, so that the server dies with the program that started it")

	err := flags.Parse(arguments)
	if errors.Is(err, flag.ErrHelp) {
		_, _ = io.WriteString(output, usage)
		flags.SetOutput(output)
		flags.PrintDefaults()
		return given, err
	}
	if err != nil {
		return given, fmt.Errorf("%w (see --help)", err)
	}
	return given, given.check(flags.Args())
}

func (settings *settings) check(rest []string) error {
	switch {
	case len(rest) > 0:
		return fmt.Errorf("unexpected argument %q (see --help)", rest[0])
	case settings.directory == "":
		return errors.New("--directory is required (see --help)")
	case settings.zones < 0 || settings.zones > 1000:
		return errors.New("--generate-zones must be between 1 and 1000")
	case settings.datastores < 0 || settings.datastores > 100_000:
		return errors.New("--generate-datastores must be between 0 and 100000")
	case settings.guestSSHPort < 1 || settings.guestSSHPort > 65535:
		return errors.New("--guest-ssh-port must be between 1 and 65535")
	}
	if settings.password == "" {
		settings.password = os.Getenv(passwordVariable)
	}
	return nil
}

// description reads the inventory, and replaces its datacenters by generated ones when asked to.
func (settings settings) description() (inventory.Description, error) {
	text := vcenter.DefaultInventory
	if settings.inventory != "" {
		content, err := os.ReadFile(settings.inventory)
		if err != nil {
			return inventory.Description{}, fmt.Errorf("--inventory: %w", err)
		}
		text = content
	}
	description, err := inventory.Decode(text)
	if err != nil {
		return inventory.Description{}, err
	}
	if settings.zones > 0 {
		description = inventory.Generate(description, settings.zones, settings.datastores)
	}
	return description, nil
}
