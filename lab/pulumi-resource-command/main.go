// Command pulumi-resource-command is the lab's resource plugin for commands on this machine: command:local:Command and
// command:local:run, so that tests and the demo run the commands of the program as users run them.
//
// The official plugin is not to be had as a Go module. This one takes the inputs, gives the outputs and has the habits
// of its release 1.2.1, the awkward ones too, because the program has to live with them. The README of the lab lists
// where the two differ.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"

	"github.com/pulumi/pulumi-go-provider/infer"

	"deckhouse-vsphere/lab/pulumi-resource-command/local"
)

const (
	packageName = "command"
	// version is the release of the official plugin whose place this one takes.
	version = "1.2.1"
)

func main() {
	endWhenInterrupted()
	if err := serve(); err != nil {
		fmt.Fprintln(os.Stderr, "pulumi-resource-command:", err)
		os.Exit(1)
	}
}

// serve answers the engine until the engine ends this process.
func serve() error {
	provider, err := infer.NewProviderBuilder().
		WithResources(infer.Resource(local.Command{})).
		WithFunctions(infer.Function(local.Run{})).
		Build()
	if err != nil {
		return err
	}
	return provider.Run(context.Background(), packageName, version)
}

// endWhenInterrupted ends this process at once when it gets SIGINT, by which the engine ends its plugins; a command that
// still runs then goes on without it. The Pulumi SDK of today would wait for the command, and the engine would kill both
// some seconds later. That of the official release does not handle the signal.
func endWhenInterrupted() {
	interrupts := make(chan os.Signal, 1)
	signal.Notify(interrupts, os.Interrupt)
	go func() {
		<-interrupts
		os.Exit(1)
	}()
}
